using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace ServerlessChat.Hosting;

/// <summary>A form as a JSON object of texts, so that both bodies take one way through the code.</summary>
internal static class FormJson
{
    /// <param name="form"><c>application/x-www-form-urlencoded</c>. Of a name that comes twice the last counts, as in JSON.</param>
    public static ReadOnlySpan<byte> From(ReadOnlySpan<byte> form)
    {
        var json = new ArrayBufferWriter<byte>(form.Length + 64);
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (QueryStringEnumerable.EncodedNameValuePair field in new QueryStringEnumerable(Encoding.UTF8.GetString(form)))
            {
                writer.WriteString(field.DecodeName().Span, field.DecodeValue().Span);
            }

            writer.WriteEndObject();
        }

        return json.WrittenSpan;
    }
}
