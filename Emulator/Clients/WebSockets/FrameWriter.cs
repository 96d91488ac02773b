using System.Buffers.Binary;
using System.Text;

namespace Emulator.Clients.WebSockets;

/// <summary>Encodes whole, unmasked frames as a server sends them. Equal payloads give equal frames, so one serves all receivers.</summary>
internal static class FrameWriter
{
    /// <summary>Room for the longest header of an unmasked frame.</summary>
    public const int MaxHeaderLength = 10;

    private const int MaxReasonBytes = 123;

    /// <summary>Writes the header of a final frame and returns its length.</summary>
    public static int WriteHeader(Span<byte> destination, OpCode opCode, int payloadLength)
    {
        destination[0] = (byte)(0x80 | (byte)opCode);
        switch (payloadLength)
        {
            case <= 125:
                destination[1] = (byte)payloadLength;
                return 2;
            case <= ushort.MaxValue:
                destination[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payloadLength);
                return 4;
            default:
                destination[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(destination[2..], (ulong)payloadLength);
                return 10;
        }
    }

    public static byte[] Encode(OpCode opCode, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[MaxHeaderLength];
        var length = WriteHeader(header, opCode, payload.Length);
        var frame = new byte[length + payload.Length];
        header[..length].CopyTo(frame);
        payload.CopyTo(frame.AsSpan(length));
        return frame;
    }

    /// <param name="code">A sendable code, or <see cref="CloseCodes.NoStatus"/> for an empty frame.</param>
    /// <param name="reason">Cut to what a control frame holds.</param>
    public static byte[] EncodeClose(ushort code, string reason)
    {
        if (code == CloseCodes.NoStatus)
        {
            return Encode(OpCode.Close, []);
        }

        Span<byte> payload = stackalloc byte[2 + MaxReasonBytes];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        Encoding.UTF8.GetEncoder().Convert(reason, payload[2..], flush: true, out _, out var written, out _);
        return Encode(OpCode.Close, payload[..(2 + written)]);
    }
}
