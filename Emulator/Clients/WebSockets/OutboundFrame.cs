using System.Buffers.Text;

namespace Emulator.Clients.WebSockets;

/// <summary>One frame on its way out: either whole and shared by all receivers, or a shared JSON text to which this receiver's sequence id is added.</summary>
/// <param name="Bytes">A whole frame; with a <paramref name="SequenceId"/>: a JSON object without its closing brace.</param>
/// <param name="SequenceId">0: none. The service counts from 1.</param>
internal readonly record struct OutboundFrame(ReadOnlyMemory<byte> Bytes, ulong SequenceId = 0)
{
    private const int MaxSuffixLength = 36;

    private static ReadOnlySpan<byte> SequenceMember => ",\"sequenceId\":"u8;

    /// <summary>Upper bound of the encoded length in bytes.</summary>
    public int MaxLength => SequenceId == 0 ? Bytes.Length : Bytes.Length + MaxSuffixLength + FrameWriter.MaxHeaderLength;

    /// <summary>Writes the frame as it goes over the wire and returns its length.</summary>
    public int CopyTo(Span<byte> destination)
    {
        if (SequenceId == 0)
        {
            Bytes.Span.CopyTo(destination);
            return Bytes.Length;
        }

        Span<byte> suffix = stackalloc byte[MaxSuffixLength];
        SequenceMember.CopyTo(suffix);
        Utf8Formatter.TryFormat(SequenceId, suffix[SequenceMember.Length..], out var digits);
        suffix[SequenceMember.Length + digits] = (byte)'}';
        suffix = suffix[..(SequenceMember.Length + digits + 1)];

        var length = FrameWriter.WriteHeader(destination, OpCode.Text, Bytes.Length + suffix.Length);
        Bytes.Span.CopyTo(destination[length..]);
        length += Bytes.Length;
        suffix.CopyTo(destination[length..]);
        return length + suffix.Length;
    }
}
