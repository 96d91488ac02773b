using System.Text.Json;

namespace ServerlessChat.Doctor.Net;

/// <summary>Sends requests as Web PubSub and clients do: no cookies kept, no redirect followed. No answer is a finding.</summary>
internal sealed class DoctorHttp(TimeSpan limit, TimeProvider time) : IDisposable
{
    private const int MaxBody = 1024 * 1024;

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, Proxy = DirectLoopback.Instance })
    {
        MaxResponseContentBufferSize = MaxBody,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="FindingException">There was no answer; it says why.</exception>
    public async Task<HttpReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        long start = time.GetTimestamp();
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, either.Token);
            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return new HttpReply(
                (int)response.StatusCode, HeadersOf(response), Parse(body), response.Headers.Date, response.Headers.Location, time.GetElapsedTime(start));
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new FindingException(NetworkTrouble.Explain(e, request.RequestUri!, limit));
        }
    }

    public void Dispose() => _client.Dispose();

    private static ILookup<string, string> HeadersOf(HttpResponseMessage response) => response.Headers
        .SelectMany(header => header.Value, (header, value) => (header.Key, Value: value))
        .ToLookup(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);

    private static JsonElement Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? default : JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
