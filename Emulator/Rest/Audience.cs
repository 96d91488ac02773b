using Emulator.Filters;
using Emulator.Hubs;

namespace Emulator.Rest;

/// <summary>Does the same to many connections.</summary>
internal static class Audience
{
    /// <param name="filter">Null: everybody who is not excluded.</param>
    public static void Send(Connection[] connections, OutboundMessage message, HashSet<string>? excluded, ConnectionFilter? filter)
    {
        foreach (var connection in connections)
        {
            if (excluded is { Count: > 0 } && excluded.Contains(connection.Id))
            {
                continue;
            }

            if (filter is null || filter.Matches(connection))
            {
                connection.Deliver(message);
            }
        }
    }

    /// <param name="reason">Told to PubSub clients and to the <c>disconnected</c> event; null: none.</param>
    public static void Close(Connection[] connections, string? reason, HashSet<string> excluded)
    {
        foreach (var connection in connections)
        {
            if (!excluded.Contains(connection.Id))
            {
                connection.CloseByServer(reason);
            }
        }
    }
}
