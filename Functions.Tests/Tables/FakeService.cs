using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using ServerlessChat.Tables;

namespace ServerlessChat.Tests.Tables;

/// <summary>Answers a client without a network: for what Azurite never does.</summary>
internal sealed class FakeService : HttpMessageHandler
{
    private readonly Func<int, HttpRequestMessage, HttpResponseMessage> _answer;
    private int _count;

    /// <param name="answer">From the request's number, from 1, and the request.</param>
    public FakeService(Func<int, HttpRequestMessage, HttpResponseMessage> answer) => _answer = answer;

    public ConcurrentQueue<(HttpMethod Method, Uri Uri, string? Authorization, string Body)> Requests { get; } = new();

    public static HttpResponseMessage Answer(HttpStatusCode status, string body = "", string type = "application/json") =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, type) };

    /// <summary>Short delays, so that a test of retries takes no time.</summary>
    public static TableClientOptions Quick()
    {
        TableClientOptions options = new() { RefuseScans = true };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(5);
        return options;
    }

    public TableClientOptions Options()
    {
        TableClientOptions options = Quick();
        options.Transport = new HttpClientTransport(this);
        return options;
    }

    public TableClient Table(TableClientOptions? options = null) =>
        new TableServiceClient("AccountName=a;AccountKey=a2V5", options ?? Options()).GetTableClient("rows");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Enqueue((request.Method, request.RequestUri!, request.Headers.Authorization?.ToString(), body));
        HttpResponseMessage answer = _answer(Interlocked.Increment(ref _count), request);
        answer.RequestMessage = request;
        return answer;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
