using System.Text.Json;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.PrivateChats;
using ServerlessChat.Signals;
using ServerlessChat.WebPubSub.Events;

namespace ServerlessChat.Sockets;

/// <summary>Takes what clients send over their sockets. Whatever is wrong is told to the sender alone, as a frame.</summary>
internal sealed partial class SocketMessages(Drafts drafts, GroupMessages groups, PrivateMessages pairs, SignalFrames signals, ILogger<SocketMessages> logger)
{
    private const string MessageEvent = "message";

    /// <summary>Appends and publishes; or answers an error frame. The sender gets its own message back like everybody else, so a success has no answer of its own.</summary>
    public async Task<UserEventResponse> HandleAsync(UserEventRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(request, cancellationToken);
        }
        catch (ApiProblemException known)
        {
            return Refuse(request, known.Problem);
        }
        catch (Exception failure) when (StorageFailure.IsUnavailable(failure))
        {
            Log.Unavailable(logger, failure, request.ConnectionContext.Hub);
            return Refuse(request, ApiProblem.Of(Errors.Unavailable));
        }
        catch (Exception failure)
        {
            Log.Failed(logger, failure, request.ConnectionContext.Hub);
            return Refuse(request, ApiProblem.Of(Errors.Internal));
        }
    }

    private async Task<UserEventResponse> SendAsync(UserEventRequest request, CancellationToken cancellationToken)
    {
        var state = SocketState.Decode(request.ConnectionContext.State);
        if (Objection(request, state) is { } problem)
        {
            return Refuse(request, problem);
        }

        Caller caller = state!.CallerOf(request.ConnectionContext.UserId) ?? throw new ApiProblemException(ApiProblem.Of(Errors.NotSignedIn));
        if (SignalFrames.IsSignal(request.Data.Span))
        {
            (ApiProblem? refusal, string? renewed) = await signals.TakeAsync(request, caller, state, cancellationToken);
            return refusal is null ? new UserEventResponse(State: renewed) : Refuse(request, refusal);
        }

        Outcome<Draft> draft = drafts.Accept(caller, Parse(request));
        return draft.Problem is { } wrong
            ? Refuse(request, wrong)
            : await (state.OtherId is null
                ? SendToGroupAsync(request, caller, state, draft.Value, cancellationToken)
                : SendToPairAsync(request, caller, state, draft.Value, cancellationToken));
    }

    private static ApiProblem? Objection(UserEventRequest request, SocketState? state) => request switch
    {
        _ when state is null => ApiProblem.Of(Errors.NotSignedIn),
        _ when state.Conversation is null => ApiProblem.Of(Errors.Forbidden, "This channel takes no messages."),
        { IsTooLarge: true } => ApiProblem.Of(Errors.BodyTooLarge),
        _ when !string.Equals(request.ConnectionContext.EventName, MessageEvent, StringComparison.OrdinalIgnoreCase) =>
            ApiProblem.Of(Errors.InvalidRequest, "The one event that this channel takes is message."),
        { DataType: WebPubSubDataType.Binary } => ApiProblem.Of(Errors.InvalidJson, "Send a text frame."),
        _ => null,
    };

    private static PostMessageRequest Parse(UserEventRequest request) =>
        BodyParser.Parse(request.Data.Span, BodyFormat.Json, ChatJson.Default.PostMessageRequest);

    private async Task<UserEventResponse> SendToGroupAsync(
        UserEventRequest request, Caller caller, SocketState state, Draft draft, CancellationToken cancellationToken)
    {
        Outcome<MemberSend> sent = await groups.SendAsync(caller, state.Conversation!, state.Version, draft, cancellationToken);
        if (sent.Problem is { } problem)
        {
            return Refuse(request, problem);
        }

        string? renewed = sent.Value.Version == state.Version ? null : (state with { Version = sent.Value.Version }).Encode();
        return new UserEventResponse(Receipt(sent.Value.Result, entry => MessageResponse.InGroup(entry, caller.Id)), renewed);
    }

    private async Task<UserEventResponse> SendToPairAsync(
        UserEventRequest request, Caller caller, SocketState state, Draft draft, CancellationToken cancellationToken)
    {
        var other = new Correspondent(new AccountId(state.OtherId!), Username.Parse(state.Other)!, DisplayName: null);
        Outcome<PrivateSend> sent = await pairs.SendAsync(caller, other, draft, cancellationToken);
        return sent.Problem is { } problem
            ? Refuse(request, problem)
            : new UserEventResponse(Receipt(sent.Value.Result, entry => MessageResponse.InPrivate(entry, other.Username.Text, caller.Id)));
    }

    /// <summary>A repeat is answered to its sender alone; and so is a message that the sender's own channel could not be told of.</summary>
    private static byte[] Receipt(WriteResult result, Func<Entry, MessageResponse> shape) => result is { Outcome: WriteOutcome.Done, IsPublished: true }
        ? []
        : JsonSerializer.SerializeToUtf8Bytes(shape(result.Entry!), ChatJson.Readable.MessageResponse);

    private static UserEventResponse Refuse(UserEventRequest request, ApiProblem problem) => new(ErrorFrame.Write(problem, request.Data));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A message on {Hub}: storage does not answer.")]
        public static partial void Unavailable(ILogger logger, Exception exception, string hub);

        [LoggerMessage(2, LogLevel.Error, "A message on {Hub} failed.")]
        public static partial void Failed(ILogger logger, Exception exception, string hub);
    }
}
