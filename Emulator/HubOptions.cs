namespace Emulator;

/// <summary>Settings of one hub, with the names of the ARM model <c>Microsoft.SignalRService/webPubSub/hubs</c>.</summary>
public sealed class HubOptions
{
    /// <summary>Handlers in order: the first that wants an event takes it alone.</summary>
    public IList<EventHandlerOptions> EventHandlers { get; } = [];

    /// <summary><c>allow</c> or <c>deny</c> (any case). Default <c>deny</c>: a client without a valid token is refused with 401.</summary>
    public string AnonymousConnectPolicy { get; set; } = "deny";

    /// <summary>Seconds between the service's WebSocket pings, 1 to 120. Default 20.</summary>
    public int WebSocketKeepAliveIntervalInSeconds { get; set; } = 20;

    internal bool AllowsAnonymous => AnonymousConnectPolicy.Equals("allow", StringComparison.OrdinalIgnoreCase);
}
