using Emulator.Clients.WebSockets;
using Emulator.Hubs;
using Emulator.Live;
using Emulator.Upstream;

namespace Emulator.Clients;

/// <summary>What a simple client's frames become, fixed at connect.</summary>
/// <param name="Group">Null: user events named <c>message</c>. Otherwise: messages to this group.</param>
internal sealed record SimpleClientMode(string? Group, bool NoEcho)
{
    /// <returns>Null when the query asks for a mode that does not exist or names no valid group.</returns>
    public static SimpleClientMode? Parse(IQueryCollection query)
    {
        var mode = query["webpubsub_mode"].ToString();
        if (mode.Length == 0 || mode.Equals("sendEvent", StringComparison.OrdinalIgnoreCase))
        {
            return new(null, false);
        }

        var noEcho = query["noEcho"].ToString().Equals("true", StringComparison.OrdinalIgnoreCase);
        return mode.Equals("sendToGroup", StringComparison.OrdinalIgnoreCase) && query["group"] is [var group] && Names.IsGroup(group)
            ? new(group, noEcho)
            : null;
    }
}

/// <summary>A client without a PubSub subprotocol: bare frames, no envelope.</summary>
internal sealed class SimpleClient(Connection connection, SimpleClientMode mode, UpstreamDispatcher upstream, ActivityLog activities) : IClientProtocol
{
    private const string EventName = "message";

    public ValueTask HandleAsync(ReceivedMessage message)
    {
        var kind = message.OpCode == OpCode.Text ? PayloadKind.Text : PayloadKind.Binary;
        var payload = new Payload(kind, message.Payload.ToArray());
        activities.Add("frame", connection.Hub.Name, connection.Id, mode.Group is null ? "message" : $"send to group {mode.Group}", payload.Data.Span);
        if (mode.Group is null)
        {
            return RaiseAsync(payload);
        }

        Publish(mode.Group, payload);
        return ValueTask.CompletedTask;
    }

    private void Publish(string group, Payload payload)
    {
        if (!connection.Permissions.Allows(GroupRight.Send, group))
        {
            connection.Close(CloseCodes.PolicyViolation, "The client has no permission to send to the group.");
            return;
        }

        GroupPublisher.Publish(connection, new(payload) { Group = group, FromUserId = connection.UserId }, mode.NoEcho);
    }

    private async ValueTask RaiseAsync(Payload payload)
    {
        var outcome = await upstream.RaiseUserEventAsync(connection, EventName, payload, metadata: null);
        if (outcome.Failure is not null)
        {
            connection.Close(CloseCodes.InternalError, "The event was not handled.");
        }
        else if (outcome.Reply is { } reply)
        {
            connection.Deliver(new(reply));
        }
    }
}
