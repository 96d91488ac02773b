using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessChat.Tests.OpenApi;

/// <summary>Holds every answer that a test gets against the API's document. The first that the document does not declare fails the test.</summary>
internal sealed class ApiContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly ConcurrentQueue<string> _violations = new();

    /// <summary>For the end of a test: some catch what a request throws.</summary>
    public void AssertClean() => Assert.Empty(_violations);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string path = request.RequestUri!.AbsolutePath;
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        string? wrong = ApiContract.Current.Explain(request.Method.Method, path, await ReadAsync(response, cancellationToken));
        if (wrong is not null)
        {
            _violations.Enqueue(wrong);
            Assert.Fail(wrong);
        }

        return response;
    }

    private static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string? type = response.Content.Headers.ContentType?.MediaType;
        JsonElement body = default;
        JsonElement sent = response is { IsSuccessStatusCode: true, RequestMessage.Content: JsonContent content }
            ? JsonElement.Parse(await content.ReadAsByteArrayAsync(cancellationToken))
            : default;
        if (type is "application/json" or "application/problem+json" && response.RequestMessage!.Method != HttpMethod.Head)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            byte[] bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            body = JsonElement.Parse(bytes);
        }

        HashSet<string> headers = response.Headers.Concat(response.Content.Headers).Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, type, body, headers, sent);
    }
}
