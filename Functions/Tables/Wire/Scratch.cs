using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ServerlessChat.Tables.Wire;

/// <summary>
/// A buffer to compose a request's body in, kept for the next one. Each thread has one, because composing never awaits; what is
/// sent is a copy, because a transport may still read a body whose answer came early or whose time was up.
/// </summary>
internal sealed class Scratch
{
    private const int MostKept = 256 * 1024;

    [ThreadStatic]
    private static Scratch? _current;

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    private Scratch()
    {
        // Only what JSON demands is escaped: Persian stays two bytes a letter instead of six. No browser sees these bytes.
        JsonWriterOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
        Json = new Utf8JsonWriter(_buffer, options);
    }

    public Utf8JsonWriter Json { get; }

    public int Length => _buffer.WrittenCount;

    public static Scratch Take()
    {
        if (_current is not { } scratch || scratch._buffer.Capacity > MostKept)
        {
            _current = scratch = new Scratch();
        }

        scratch._buffer.ResetWrittenCount();
        scratch.Json.Reset();
        return scratch;
    }

    /// <summary>The row as the body of a request.</summary>
    public static byte[] Compose(TableEntity entity)
    {
        Scratch scratch = Take();
        scratch.Append(entity);
        return scratch.ToArray();
    }

    public void Append(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    public void Append(string ascii) => Encoding.ASCII.GetBytes(ascii, _buffer);

    public void Append(TableEntity entity)
    {
        EntityWriter.Write(Json, entity);
        Json.Flush();
        Json.Reset();
    }

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
