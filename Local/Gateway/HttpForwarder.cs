using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ServerlessChat.Local.Gateway;

/// <summary>Sends a request on to the function app and its answer back, both as streams.</summary>
internal sealed partial class HttpForwarder(Uri functions, HttpMessageInvoker http, ILogger logger)
{
    public async Task ForwardAsync(HttpContext context)
    {
        using HttpRequestMessage request = ForwardedRequest.Of(context.Request, functions, ForwardedRequest.RawTarget(context.Request), static name => name);
        HttpResponseMessage answer;
        try
        {
            answer = await http.SendAsync(request, context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                Log.NoAnswer(logger, functions, e.Message);
                await BadGateway.WriteAsync(context, "The function app does not answer.");
            }

            return;
        }

        using (answer)
        {
            await AnswerAsync(context, answer);
        }
    }

    /// <summary>Status, headers and body of another server's answer.</summary>
    public static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).Select(h => (h.Key, (IEnumerable<string>)h.Value)))
        {
            if (!ForwardedRequest.IsOfConnection(name))
            {
                context.Response.Headers.Append(name, values.ToArray());
            }
        }

        try
        {
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            context.Abort(); // The answer broke off: the client must not take it for whole.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Server} does not answer: {Error}")]
        public static partial void NoAnswer(ILogger logger, Uri server, string error);
    }
}
