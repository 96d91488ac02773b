using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace ServerlessChat.WebPubSub.Wire;

/// <summary>Sends the calls of one hub.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/webpubsub/dataplane/web-pub-sub">REST API of Web PubSub</seealso>
internal sealed class ServicePipeline(Uri endpoint, string hub, HttpPipelinePolicy authentication, WebPubSubServiceClientOptions options)
{
    private const string ApiVersion = "2024-12-01";

    private readonly HttpPipeline _pipeline = HttpPipelineBuilder.Build(options, [], [authentication], new NotFoundIsAnswer());
    private readonly string _hub = $"{endpoint.GetLeftPart(UriPartial.Authority)}/api/hubs/{Uri.EscapeDataString(hub)}/";

    /// <param name="path">Below the hub's address, escaped, without its query.</param>
    /// <param name="query">Names and values, not escaped; a null value is left out.</param>
    /// <exception cref="RequestFailedException">A status of 400 and above but 404, or no answer (status 0).</exception>
    public async Task<Response> SendAsync(
        RequestMethod method, string path, (string Name, string? Value)[] query, RequestContext? context, RequestContent? content = null, ContentType contentType = default)
    {
        using HttpMessage message = _pipeline.CreateMessage(context);
        Request request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri(_hub + path + Query(query)));
        request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        if (content is not null)
        {
            request.Headers.Add(HttpHeader.Names.ContentType, contentType.ToString());
            request.Content = content;
        }

        await SendAsync(message, context?.CancellationToken ?? CancellationToken.None);
        return message.Response.IsError && context?.ErrorOptions is not ErrorOptions.NoThrow
            ? throw new RequestFailedException(message.Response)
            : message.Response;
    }

    private async Task SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
        }
        catch (AggregateException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (IsNoAnswer(e, cancellationToken))
        {
            string detail = e is AggregateException many ? many.InnerExceptions[^1].Message : e.Message;
            throw new RequestFailedException(0, $"Web PubSub gave no answer: {detail}", errorCode: null, e);
        }
    }

    // Retried in vain, a lost connection, an answer that broke off, a try that took too long, no token.
    private static bool IsNoAnswer(Exception e, CancellationToken cancellationToken) =>
        e is AggregateException or RequestFailedException or HttpRequestException or IOException or AuthenticationFailedException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static string Query((string Name, string? Value)[] query)
    {
        string text = "?api-version=" + ApiVersion;
        foreach ((string name, string? value) in query)
        {
            text += value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
        }

        return text;
    }

    /// <summary>That somebody is not connected is an answer: to move or close the sockets of a person without any has succeeded.</summary>
    private sealed class NotFoundIsAnswer : ResponseClassifier
    {
        public override bool IsErrorResponse(HttpMessage message) => message.Response.Status is >= 400 and not 404;
    }
}
