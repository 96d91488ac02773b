using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Emulator.Upstream;

/// <summary>What a <c>connect</c> handler is told about a client that asks to come in.</summary>
/// <param name="Subprotocols">As offered, in order.</param>
internal sealed record ConnectEvent(
    string Hub,
    string ConnectionId,
    string? UserId,
    IReadOnlyDictionary<string, string[]> Claims,
    IReadOnlyDictionary<string, string[]> Query,
    IReadOnlyDictionary<string, string[]> Headers,
    IReadOnlyList<string> Subprotocols)
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public EventMessage ToMessage() =>
        new(Hub, ConnectionId, UserId, null, null, null, EventMessage.System, "connect", 0, EventMessage.JsonContentType, Body(redacted: false))
        {
            LoggedBody = Body(redacted: true),
        };

    /// <param name="redacted">Leaves out what may hold secrets.</param>
    private ReadOnlyMemory<byte> Body(bool redacted)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        WriteMap(writer, "claims", Claims);
        if (!redacted)
        {
            WriteMap(writer, "query", Query);
            WriteMap(writer, "headers", Headers);
        }

        writer.WritePropertyName("subprotocols"u8);
        WriteArray(writer, Subprotocols);
        writer.WritePropertyName("clientCertificates"u8);
        WriteArray(writer, []);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteMap(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, string[]> map)
    {
        writer.WriteStartObject(name);
        foreach (var (key, values) in map)
        {
            writer.WritePropertyName(key);
            WriteArray(writer, values);
        }

        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, IReadOnlyList<string> values)
    {
        writer.WriteStartArray();
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
