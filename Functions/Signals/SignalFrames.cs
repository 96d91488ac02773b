using System.Text.Json;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Names;
using ServerlessChat.PrivateChats;
using ServerlessChat.Sockets;
using ServerlessChat.WebPubSub.Events;

namespace ServerlessChat.Signals;

/// <summary>Takes the frames of clients that are no messages: those with an <c>event</c>.</summary>
internal sealed class SignalFrames(GroupReads groupReads, PairReads pairReads, Typing typing)
{
    private const string EventField = "event";

    /// <summary>Whether a frame has an <c>event</c> that is not null. What is no JSON object has none.</summary>
    public static bool IsSignal(ReadOnlySpan<byte> frame)
    {
        var reader = new Utf8JsonReader(frame);
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                bool isEvent = reader.ValueTextEquals(EventField);
                reader.Read();
                if (isEvent && reader.TokenType is not JsonTokenType.Null)
                {
                    return true;
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Whoever reads it as a message says what is wrong with it.
        }

        return false;
    }

    /// <summary>Nothing is answered to a signal that was taken, or dropped.</summary>
    /// <param name="state">Of a socket to a conversation.</param>
    /// <returns>The problem that its sender alone is told; else the connection's new state, null where it stays as it is.</returns>
    public async Task<(ApiProblem? Problem, string? State)> TakeAsync(UserEventRequest request, Caller caller, SocketState state, CancellationToken cancellationToken)
    {
        SignalRequest signal = BodyParser.Parse(request.Data.Span, BodyFormat.Json, ChatJson.Default.SignalRequest);
        switch (signal.Event)
        {
            case SignalKind.Read:
                return (await MarkAsync(caller, state, signal.Id, cancellationToken), State: null);
            case SignalKind.Typing when state.OtherId is null:
                (ApiProblem? problem, long version) = await typing.InGroupAsync(caller, state.Conversation!, state.Version, cancellationToken);
                return (problem, version == state.Version ? null : (state with { Version = version }).Encode());
            case SignalKind.Typing:
                await typing.InPairAsync(caller, OtherOf(state), cancellationToken);
                return default;
            default:
                return (ApiProblem.Field(EventField, $"This is {SignalKind.Read} or {SignalKind.Typing}; a message has none."), State: null);
        }
    }

    private Task<ApiProblem?> MarkAsync(Caller caller, SocketState state, long? id, CancellationToken cancellationToken) => state.OtherId is null
        ? groupReads.MarkAsync(caller, state.Conversation!, id, cancellationToken)
        : pairReads.MarkAsync(caller, OtherOf(state), id, cancellationToken);

    private static Correspondent OtherOf(SocketState state) => new(new AccountId(state.OtherId!), Username.Parse(state.Other)!, DisplayName: null);
}
