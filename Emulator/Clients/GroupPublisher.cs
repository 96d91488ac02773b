using Emulator.Hubs;

namespace Emulator.Clients;

/// <summary>Publishes a client's message to a group.</summary>
internal static class GroupPublisher
{
    /// <param name="noEcho">Whether the sender itself is left out.</param>
    public static void Publish(Connection sender, OutboundMessage message, bool noEcho)
    {
        foreach (var member in sender.Hub.MembersOf(message.Group!))
        {
            if (!noEcho || member != sender)
            {
                member.Deliver(message);
            }
        }
    }
}
