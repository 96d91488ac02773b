using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ServerlessChat.Tests.Sockets;

/// <summary>Calls of the event handler as Web PubSub makes them, by hand.</summary>
internal static class SignedEvents
{
    public const string ConnectionId = "connection-1";

    public static string Sign(string key, string connectionId = ConnectionId) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(connectionId)));

    public static HttpRequestMessage Event(
        string type, string hub, string body, string contentType, string? signature, string? userId = null, string? state = null, string connectionId = ConnectionId)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/webpubsub/events", UriKind.Relative)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        request.Headers.Add("ce-type", type);
        request.Headers.Add("ce-hub", hub);
        request.Headers.Add("ce-connectionId", connectionId);
        request.Headers.Add("ce-eventName", type.Split('.')[^1]);
        Add("ce-signature", signature);
        Add("ce-userId", userId);
        Add("ce-connectionState", state);
        return request;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
