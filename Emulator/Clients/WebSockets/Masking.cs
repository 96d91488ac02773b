using System.Runtime.InteropServices;

namespace Emulator.Clients.WebSockets;

/// <summary>Client-to-server masking (RFC 6455, section 5.3).</summary>
internal static class Masking
{
    /// <summary>Unmasks in place.</summary>
    /// <param name="key">The four key bytes, as read in little-endian order.</param>
    /// <param name="offset">How many bytes of the frame came before <paramref name="data"/>.</param>
    public static void Apply(Span<byte> data, uint key, int offset)
    {
        var rotated = uint.RotateRight(key, (offset & 3) * 8);
        var wide = rotated | ((ulong)rotated << 32);
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        foreach (ref var word in words)
        {
            word ^= wide;
        }

        for (var i = words.Length * sizeof(ulong); i < data.Length; i++)
        {
            data[i] ^= (byte)(rotated >> ((i & 3) * 8));
        }
    }
}
