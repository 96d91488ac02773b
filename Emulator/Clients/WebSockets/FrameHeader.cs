using System.Buffers.Binary;

namespace Emulator.Clients.WebSockets;

/// <summary>Header of a client's frame (RFC 6455, section 5.2).</summary>
internal readonly record struct FrameHeader(OpCode OpCode, bool Final, int Length, uint MaskKey)
{
    /// <summary>Two fixed bytes, eight of length, four of mask.</summary>
    public const int MaxLength = 14;

    private const int MaxControlPayload = 125;

    public bool IsControl => OpCode >= OpCode.Close;

    /// <summary>The whole header's length, told by its second byte.</summary>
    public static int LengthOf(byte second) => (second & 0x80) == 0
        ? throw Error("Client frames must be masked.")
        : (second & 0x7F) switch { 126 => 8, 127 => 14, _ => 6 };

    /// <exception cref="WebSocketProtocolException">Reserved bits, an unknown type, a control frame that is long or in parts, a length beyond all limits.</exception>
    public static FrameHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var opCode = (OpCode)(bytes[0] & 0x0F);
        var final = (bytes[0] & 0x80) != 0;
        if ((bytes[0] & 0x70) != 0 || !Enum.IsDefined(opCode))
        {
            throw Error("Reserved bits or frame type.");
        }

        var length = ParseLength(bytes);
        if (opCode >= OpCode.Close && (!final || length > MaxControlPayload))
        {
            throw Error("A control frame must be short and whole.");
        }

        return new(opCode, final, length, BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]));
    }

    private static int ParseLength(ReadOnlySpan<byte> bytes)
    {
        var length = (bytes[1] & 0x7F) switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            var small => (ulong)small,
        };
        return length switch
        {
            > long.MaxValue => throw Error("The length's highest bit must be 0."),
            > int.MaxValue => throw new WebSocketProtocolException(CloseCodes.MessageTooBig, "The message is too large."),
            _ => (int)length,
        };
    }

    private static WebSocketProtocolException Error(string reason) => new(CloseCodes.ProtocolError, reason);
}
