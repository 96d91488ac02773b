using System.Globalization;
using System.Text;
using System.Text.Json;
using Azure;

namespace ServerlessChat.Tables.Wire;

/// <summary>
/// What a failed response says. The status decides; code and message are taken from wherever they are: the header, a JSON body, an XML
/// body (which the service's front end sends before the request reaches the tables), or nowhere.
/// </summary>
internal readonly record struct TableError(int Status, string? Code, string? Message)
{
    private const int MostMessageLength = 500;

    public static TableError Read(Response response)
    {
        TableError error = Read(response.Status, ResponseBody.Bytes(response));
        return response.Headers.TryGetValue("x-ms-error-code", out string? code) && code.Length > 0 ? error with { Code = code } : error;
    }

    public static TableError Read(int status, ReadOnlySpan<byte> body)
    {
        body = body.TrimStart(" \t\r\n\uFEFF"u8);
        if (body.IsEmpty)
        {
            return new TableError(status, null, null);
        }

        (string? code, string? message) = body[0] == (byte)'{' ? ReadJson(body) : (Element(body, "Code"), Element(body, "Message"));
        return new TableError(status, NullIfEmpty(code), NullIfEmpty(message));
    }

    /// <summary>The code without the cost of an exception: from the header, else from the body.</summary>
    public static string? CodeOf(Response response) =>
        response.Headers.TryGetValue("x-ms-error-code", out string? code) && code.Length > 0 ? code : Read(response).Code;

    /// <summary>The index that a transaction's failed operation has before its message: <c>2:The specified entity …</c></summary>
    public int? Index()
    {
        int colon = Message?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon is > 0 and <= 3 && int.TryParse(Message.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? index
            : null;
    }

    public TableRequestFailedException ToException(bool wasRetried)
    {
        string text = Message is { Length: > MostMessageLength } ? Message[..MostMessageLength] : Message ?? "No message.";
        text = $"Table Storage answered {Status} {Code ?? "without a code"}: {text}";
        return new TableRequestFailedException(Status, text, Code, innerException: null, wasRetried);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static (string? Code, string? Message) ReadJson(ReadOnlySpan<byte> body)
    {
        (string? code, string? message) = (null, null);
        try
        {
            // {"odata.error":{"code":"…","message":{"lang":"en-US","value":"…"}}}; newer shapes have message as a string.
            Utf8JsonReader reader = new(body);
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                bool isCode = reader.ValueTextEquals("code"u8);
                bool isMessage = reader.ValueTextEquals("value"u8) || reader.ValueTextEquals("message"u8);
                reader.Read();
                if (reader.TokenType == JsonTokenType.String)
                {
                    code = isCode ? code ?? reader.GetString() : code;
                    message = isMessage ? message ?? reader.GetString() : message;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A body that ends early or isn't text still is the error that its status says.
        }

        return (code, message);
    }

    private static string? Element(ReadOnlySpan<byte> body, string name)
    {
        string text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, 4096)]);
        int start = text.IndexOf($"<{name}>", StringComparison.OrdinalIgnoreCase);
        int end = start < 0 ? -1 : text.IndexOf($"</{name}>", start, StringComparison.OrdinalIgnoreCase);
        return end < 0 ? null : System.Net.WebUtility.HtmlDecode(text[(start + name.Length + 2)..end]);
    }
}
