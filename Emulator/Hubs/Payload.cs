using System.Text.Json;
using System.Text.Unicode;

namespace Emulator.Hubs;

/// <summary>The <c>dataType</c> of a message.</summary>
internal enum PayloadKind
{
    Text,
    Json,
    Binary,

    /// <summary>A serialized <c>Any</c> that a JSON client sent on; bytes to everybody else.</summary>
    Protobuf,
}

/// <summary>What a message carries.</summary>
/// <param name="Data">UTF-8 text, JSON exactly as the sender wrote it, or bytes.</param>
internal readonly record struct Payload(PayloadKind Kind, ReadOnlyMemory<byte> Data)
{
    private const int MaxJsonDepth = 256;

    /// <summary>Whether a simple client gets it as a text frame.</summary>
    public bool IsText => Kind is PayloadKind.Text or PayloadKind.Json;

    /// <summary>Name on the JSON protocols.</summary>
    public string DataType => Kind switch
    {
        PayloadKind.Text => "text",
        PayloadKind.Json => "json",
        PayloadKind.Binary => "binary",
        _ => "protobuf",
    };

    /// <summary>Name in HTTP.</summary>
    public string ContentType => Kind switch
    {
        PayloadKind.Text => "text/plain",
        PayloadKind.Json => "application/json",
        PayloadKind.Binary => "application/octet-stream",
        _ => "application/x-protobuf",
    };

    /// <summary>Whether text is UTF-8 and JSON one value. Anything else would break the receivers' frames.</summary>
    public bool IsWellFormed => Kind switch
    {
        PayloadKind.Text => Utf8.IsValid(Data.Span),
        PayloadKind.Json => IsJson(Data.Span),
        _ => true,
    };

    public static PayloadKind? KindOfDataType(string? dataType) => dataType switch
    {
        null or "json" => PayloadKind.Json,
        "text" => PayloadKind.Text,
        "binary" => PayloadKind.Binary,
        "protobuf" => PayloadKind.Protobuf,
        _ => null,
    };

    private static bool IsJson(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data, new JsonReaderOptions { MaxDepth = MaxJsonDepth });
            reader.Read();

            // The service refuses null as data in both directions.
            var isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            return !reader.Read() && !isNull;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
