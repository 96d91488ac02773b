using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Emulator.Clients.WebSockets;
using Emulator.Hubs;

namespace Emulator.Clients;

/// <summary>Writes what the service says on the JSON subprotocols. The members' order and the missing spaces are the service's own.</summary>
internal static class JsonWriter
{
    // Texts reach clients as they were sent; this output is never embedded in HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static ReadOnlyMemory<byte> Pong { get; } = Frame("pong", static _ => { });

    /// <returns>The JSON text of a <c>message</c>, without a sequence id.</returns>
    public static ReadOnlyMemory<byte> Message(OutboundMessage message) => Write("message", writer =>
    {
        writer.WriteString("from"u8, message.Group is null ? "server"u8 : "group"u8);
        if (message.Group is not null)
        {
            writer.WriteString("group"u8, message.Group);
        }

        if (message.FromUserId is not null)
        {
            writer.WriteString("fromUserId"u8, message.FromUserId);
        }

        writer.WriteString("dataType"u8, message.Payload.DataType);
        WriteData(writer, message.Payload);
        WriteMetadata(writer, message.Metadata);
    });

    /// <returns>A frame, as all of the following.</returns>
    public static ReadOnlyMemory<byte> Connected(Connection connection, string? reconnectionToken) => Frame("system", writer =>
    {
        writer.WriteString("event"u8, "connected"u8);
        writer.WriteString("userId"u8, connection.UserId);
        writer.WriteString("connectionId"u8, connection.Id);
        if (reconnectionToken is not null)
        {
            writer.WriteString("reconnectionToken"u8, reconnectionToken);
        }
    });

    public static ReadOnlyMemory<byte> Disconnected(string? reason) => Frame("system", writer =>
    {
        writer.WriteString("event"u8, "disconnected"u8);
        writer.WriteString("message"u8, reason ?? "");
    });

    public static ReadOnlyMemory<byte> Ack(ulong ackId) => Frame("ack", writer =>
    {
        writer.WriteNumber("ackId"u8, ackId);
        writer.WriteBoolean("success"u8, true);
    });

    public static ReadOnlyMemory<byte> AckError(ulong ackId, string name, string message) => Frame("ack", writer =>
    {
        writer.WriteNumber("ackId"u8, ackId);
        WriteFailure(writer, name, message);
    });

    public static ReadOnlyMemory<byte> InvokeError(string invocationId, string name, string message) => Frame("invokeResponse", writer =>
    {
        writer.WriteString("invocationId"u8, invocationId);
        WriteFailure(writer, name, message);
    });

    public static ReadOnlyMemory<byte> StreamClosed(string streamId, string name, string message) => Frame("streamClosed", writer =>
    {
        writer.WriteString("streamId"u8, streamId);
        WriteError(writer, name, message);
    });

    private static void WriteData(Utf8JsonWriter writer, Payload payload)
    {
        writer.WritePropertyName("data"u8);
        switch (payload.Kind)
        {
            case PayloadKind.Text:
                writer.WriteStringValue(payload.Data.Span);
                break;
            case PayloadKind.Json:
                writer.WriteRawValue(payload.Data.Span, skipInputValidation: true);
                break;
            default:
                writer.WriteBase64StringValue(payload.Data.Span);
                break;
        }
    }

    private static void WriteMetadata(Utf8JsonWriter writer, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
        {
            return;
        }

        writer.WriteStartObject("metadata"u8);
        foreach (var (key, value) in metadata)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter writer, string name, string message)
    {
        writer.WriteBoolean("success"u8, false);
        WriteError(writer, name, message);
    }

    private static void WriteError(Utf8JsonWriter writer, string name, string message)
    {
        writer.WriteStartObject("error"u8);
        writer.WriteString("name"u8, name);
        writer.WriteString("message"u8, message);
        writer.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Frame(string type, Action<Utf8JsonWriter> members) =>
        FrameWriter.Encode(OpCode.Text, Write(type, members).Span);

    private static ReadOnlyMemory<byte> Write(string type, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        members(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
