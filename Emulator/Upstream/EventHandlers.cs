namespace Emulator.Upstream;

/// <summary>Chooses the handler of an event: the first in the hub's list that wants it.</summary>
internal static class EventHandlers
{
    /// <param name="name"><c>connect</c>, <c>connected</c> or <c>disconnected</c>.</param>
    public static EventHandlerOptions? ForSystemEvent(HubOptions hub, string name) =>
        hub.EventHandlers.FirstOrDefault(handler => handler.SystemEvents.Contains(name, StringComparer.OrdinalIgnoreCase));

    public static EventHandlerOptions? ForUserEvent(HubOptions hub, string name) =>
        hub.EventHandlers.FirstOrDefault(handler => Matches(handler.UserEventPattern, name));

    /// <summary>The handler's address for an event; <paramref name="eventName"/> is <c>validate</c> for the validation request.</summary>
    public static Uri UrlFor(EventHandlerOptions handler, string hub, string eventName) => new(
        handler.UrlTemplate
            .Replace("{hub}", Uri.EscapeDataString(hub), StringComparison.OrdinalIgnoreCase)
            .Replace("{event}", Uri.EscapeDataString(eventName), StringComparison.OrdinalIgnoreCase),
        UriKind.Absolute);

    private static bool Matches(string? pattern, string name) =>
        !string.IsNullOrWhiteSpace(pattern)
        && pattern.Split(',', StringSplitOptions.TrimEntries).Any(part => part is "*" || part.Equals(name, StringComparison.OrdinalIgnoreCase));
}
