namespace ServerlessChat.Tests.Sockets;

/// <summary>The handshake was refused.</summary>
public sealed class SocketRefusedException(int status, Exception inner) : Exception($"HTTP {status}", inner)
{
    public int Status { get; } = status;
}
