using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessChat.Doctor.Checks;

/// <summary>
/// An event as Web PubSub sends it (CloudEvents 1.0 over HTTP, binary mode), of the one kind that changes nothing: a connection that nobody knows has gone.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/azure-web-pubsub/reference-cloud-events">CloudEvents of Web PubSub</seealso>
internal static class DisconnectedEvent
{
    /// <param name="key">Signs it; null leaves it unsigned.</param>
    public static HttpRequestMessage Create(Examination examination, string? key)
    {
        string connection = $"doctor-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        var request = new HttpRequestMessage(HttpMethod.Post, examination.At("webpubsub/events"))
        {
            Content = new ByteArrayContent("""{"reason":"doctor"}"""u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
        foreach ((string name, string value) in Headers(examination, connection))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (key is not null)
        {
            byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(connection));
            request.Headers.TryAddWithoutValidation("ce-signature", $"sha256={Convert.ToHexStringLower(signature)}");
        }

        return request;
    }

    private static (string Name, string Value)[] Headers(Examination examination, string connection) =>
    [
        ("WebHook-Request-Origin", examination.ServiceHost),
        ("ce-awpsversion", "1.0"),
        ("ce-specversion", "1.0"),
        ("ce-type", "azure.webpubsub.sys.disconnected"),
        ("ce-source", $"/hubs/doctor/client/{connection}"),
        ("ce-id", "1"),
        ("ce-time", examination.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
        ("ce-hub", "doctor"),
        ("ce-eventName", "disconnected"),
        ("ce-connectionId", connection),
    ];
}
