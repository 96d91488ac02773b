using System.Text.Json;
using Emulator.Clients.WebSockets;

namespace Emulator.Clients;

/// <summary>The members of a client's JSON frame, checked for their JSON types. Names are exact; unknown members are skipped.</summary>
internal ref struct ClientRequestFields
{
    private const int MaxDepth = 256;
    private const int MaxMetadataKeyBytes = 256;
    private const int MaxMetadataValueBytes = 1024;
    private const int MaxMetadataBytes = 8192;

    public string? Type { get; private set; }

    public string? Group { get; private set; }

    public string? Event { get; private set; }

    public string? DataType { get; private set; }

    public string? InvocationId { get; private set; }

    public string? StreamId { get; private set; }

    public ulong? AckId { get; private set; }

    public ulong? SequenceId { get; private set; }

    public ulong TtlSeconds { get; private set; }

    public bool NoEcho { get; private set; }

    public bool HasStream { get; private set; }

    public Dictionary<string, string>? Metadata { get; private set; }

    /// <summary>The JSON type of <c>data</c>; <see cref="JsonTokenType.None"/>: it was left out.</summary>
    public JsonTokenType DataToken { get; private set; }

    /// <summary><c>data</c> as it stands in the frame.</summary>
    public ReadOnlySpan<byte> RawData { get; private set; }

    /// <exception cref="WebSocketProtocolException">1007: not a JSON object, or a member of the wrong type.</exception>
    public static ClientRequestFields Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var fields = default(ClientRequestFields);
            fields.ReadAll(json);
            return fields;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw Malformed("The frame is not valid JSON of the protocol.");
        }
    }

    public static WebSocketProtocolException Malformed(string reason) => new(CloseCodes.InvalidData, reason);

    private void ReadAll(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref reader, json);
        }

        // Reads past the end of the object: anything but white space there is an error.
        reader.Read();
    }

    private void ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var name = reader.GetString();
        reader.Read();
        switch (name)
        {
            case "type": Type = reader.GetString(); break;
            case "group": Group = reader.GetString(); break;
            case "event": Event = reader.GetString(); break;
            case "dataType": DataType = reader.GetString(); break;
            case "invocationId": InvocationId = reader.GetString(); break;
            case "streamId": StreamId = reader.GetString(); break;
            case "ackId": AckId = Number(ref reader); break;
            case "sequenceId": SequenceId = Number(ref reader); break;
            case "ttlSeconds": TtlSeconds = Number(ref reader) ?? 0; break;
            case "noEcho": NoEcho = reader.TokenType != JsonTokenType.Null && reader.GetBoolean(); break;
            case "metadata": ReadMetadata(ref reader); break;
            case "stream": ReadStream(ref reader); break;
            case "data": ReadData(ref reader, json); break;
            default: reader.Skip(); break;
        }
    }

    private void ReadData(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        DataToken = reader.TokenType;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        RawData = json[start..(int)reader.BytesConsumed];
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        Require(reader.TokenType == JsonTokenType.StartObject);
        Metadata = new(StringComparer.Ordinal);
        var total = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            var value = reader.GetString() ?? "";
            Require(IsMetadata(key, value));
            Metadata[key] = value;
            total += key.Length + value.Length;
        }

        Require(total <= MaxMetadataBytes);
    }

    // Metadata travels as HTTP headers to event handlers: names are HTTP tokens, values visible ASCII.
    private static bool IsMetadata(string key, string value) =>
        key.Length is > 0 and <= MaxMetadataKeyBytes
        && value.Length <= MaxMetadataValueBytes
        && key.All(static c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
        && value.All(static c => c is >= ' ' and <= '~');

    private void ReadStream(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        Require(reader.TokenType == JsonTokenType.StartObject);
        HasStream = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("streamId"u8);
            reader.Read();
            if (isId)
            {
                StreamId = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static ulong? Number(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetUInt64();

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new JsonException();
        }
    }
}
