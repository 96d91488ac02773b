namespace Emulator.Clients.WebSockets;

/// <summary>Frame types of RFC 6455, section 5.2.</summary>
internal enum OpCode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,

    /// <summary>Not on the wire: the peer ended the TCP connection.</summary>
    EndOfStream = 0xFF,
}
