using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ServerlessChat.Bench.Load;

namespace ServerlessChat.Bench.Sockets;

/// <summary>A message's frame, read without parsing all of it: the app writes the id first and the client's id last.</summary>
internal static class MessageFrame
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="number">Travels as <c>client_id</c>.</param>
    public static byte[] Write(int number) => JsonSerializer.SerializeToUtf8Bytes(new { message = Texts.Message(number), client_id = $"{number}" }, Readable);

    /// <summary>Whether it says that somebody has come or gone, as the app tells it in groups that are small.</summary>
    public static bool IsPresence(ReadOnlySpan<byte> frame) => frame.StartsWith("{\"event\":\"presence\""u8);

    /// <exception cref="BenchException">It is another frame: an error, most likely.</exception>
    public static long ReadId(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> start = "{\"id\":"u8;
        return frame.StartsWith(start) && Utf8Parser.TryParse(frame[start.Length..], out long id, out _)
            ? id
            : throw new BenchException($"A socket got {Encoding.UTF8.GetString(frame)}");
    }

    public static int ReadNumber(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> name = "\"client_id\":\""u8;
        int at = frame.LastIndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(frame[(at + name.Length)..], out int number, out _)
            ? number
            : throw new BenchException($"There is no client_id in {Encoding.UTF8.GetString(frame)}");
    }
}
