namespace Emulator.Clients.WebSockets;

/// <summary>The peer broke the WebSocket protocol or a limit; the connection is closed with <see cref="Code"/>.</summary>
internal sealed class WebSocketProtocolException(ushort code, string reason) : Exception(reason)
{
    public ushort Code { get; } = code;
}
