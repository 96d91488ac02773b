using Emulator.Clients.WebSockets;
using Emulator.Hubs;
using Emulator.Live;
using Emulator.Upstream;

namespace Emulator.Clients;

/// <summary>A client on one of the JSON subprotocols.</summary>
internal sealed class PubSubClient(
    Connection connection, UpstreamDispatcher upstream, ActivityLog activities, WebPubSubEmulatorOptions options) : IClientProtocol
{
    private const string NotSupported = "This emulator does not support it.";

    public ValueTask HandleAsync(ReceivedMessage message)
    {
        if (message.OpCode == OpCode.Binary)
        {
            connection.Close(CloseCodes.UnsupportedData, "The subprotocol takes text frames.");
            return ValueTask.CompletedTask;
        }

        try
        {
            var request = ClientRequestParser.Parse(message.Payload.Span);
            if (request is not (PingRequest or SequenceAckRequest))
            {
                activities.Add("frame", connection.Hub.Name, connection.Id, Describe(request), message.Payload.Span);
            }

            return HandleAsync(request);
        }
        catch (WebSocketProtocolException e)
        {
            connection.Close(e.Code, e.Message);
            return ValueTask.CompletedTask;
        }
    }

    private ValueTask HandleAsync(ClientRequest request)
    {
        if (request.AckId is { } ackId && connection.Acks.Contains(ackId))
        {
            connection.Send(JsonWriter.AckError(ackId, "Duplicate", $"Message with ack-id: {ackId} has been processed"));
            return ValueTask.CompletedTask;
        }

        switch (request)
        {
            case UserEventRequest userEvent:
                return RaiseAsync(userEvent);
            case JoinGroupRequest join:
                Finish(join, Join(join.Group));
                break;
            case LeaveGroupRequest leave:
                Finish(leave, Leave(leave.Group));
                break;
            case SendToGroupRequest send:
                Finish(send, Send(send));
                break;
            case PingRequest:
                connection.Send(JsonWriter.Pong);
                break;
            case SequenceAckRequest { SequenceId: var sequenceId }:
                connection.Acknowledge(sequenceId);
                break;
            default:
                Refuse(request);
                break;
        }

        return ValueTask.CompletedTask;
    }

    private string? Join(string group)
    {
        if (!connection.Permissions.Allows(GroupRight.JoinLeave, group))
        {
            return $"The client does not have permission to join group '{group}'.";
        }

        connection.Hub.Join(connection, group);
        return null;
    }

    private string? Leave(string group)
    {
        if (!connection.Permissions.Allows(GroupRight.JoinLeave, group))
        {
            return $"The client does not have permission to leave group '{group}'.";
        }

        connection.Hub.Leave(connection, group);
        return null;
    }

    private string? Send(SendToGroupRequest send)
    {
        if (!connection.Permissions.Allows(GroupRight.Send, send.Group))
        {
            return $"The client does not have permission to send to group '{send.Group}'.";
        }

        var message = new OutboundMessage(send.Payload)
        {
            Group = send.Group,
            FromUserId = connection.UserId,
            Metadata = send.Metadata,
            ExpiresAt = Expiry.After(send.TtlSeconds, options.TimeProvider),
        };
        GroupPublisher.Publish(connection, message, send.NoEcho);
        return null;
    }

    private void Finish(ClientRequest request, string? forbidden)
    {
        if (forbidden is null)
        {
            Succeed(request);
        }
        else if (request.AckId is { } ackId)
        {
            connection.Send(JsonWriter.AckError(ackId, "Forbidden", forbidden));
        }
    }

    private void Succeed(ClientRequest request)
    {
        if (request.AckId is { } ackId)
        {
            connection.Acks.Remember(ackId);
            connection.Send(JsonWriter.Ack(ackId));
        }
    }

    private async ValueTask RaiseAsync(UserEventRequest request)
    {
        var outcome = await upstream.RaiseUserEventAsync(connection, request.Event, request.Payload, request.Metadata);
        if (outcome.Failure is null)
        {
            if (outcome.Reply is { } reply)
            {
                connection.Deliver(new(reply));
            }

            Succeed(request);
            return;
        }

        if (request.AckId is { } ackId)
        {
            connection.Send(JsonWriter.AckError(ackId, "InternalServerError", outcome.Failure));
        }

        if (options.CloseClientWhenEventFails)
        {
            connection.Close(CloseCodes.InternalError, "The event was not handled.");
        }
    }

    /// <summary>Answers what this emulator leaves out in the form that each feature's clients wait for.</summary>
    private void Refuse(ClientRequest request)
    {
        var answer = request switch
        {
            OpenStreamRequest stream => JsonWriter.StreamClosed(stream.StreamId, "BadRequest", NotSupported),
            StreamRequest stream => JsonWriter.StreamClosed(stream.StreamId, "StreamNotFound", NotSupported),
            InvokeRequest invoke => JsonWriter.InvokeError(invoke.InvocationId, "BadRequest", NotSupported),
            { AckId: { } ackId } => JsonWriter.AckError(ackId, "BadRequest", NotSupported),
            _ => default,
        };
        if (!answer.IsEmpty)
        {
            connection.Send(answer);
        }
    }

    private static string Describe(ClientRequest request) => request switch
    {
        JoinGroupRequest join => $"join group {join.Group}",
        LeaveGroupRequest leave => $"leave group {leave.Group}",
        SendToGroupRequest send => $"send to group {send.Group}",
        UserEventRequest userEvent => $"event {userEvent.Event}",
        _ => "unsupported",
    };
}
