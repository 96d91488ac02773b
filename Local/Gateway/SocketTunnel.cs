using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace ServerlessChat.Local.Gateway;

/// <summary>Opens a WebSocket at Web PubSub for a client that asks for one here. Client and service agree with each other on everything; after the handshake bytes are passed on as they come.</summary>
/// <param name="stopping">Cuts every tunnel.</param>
internal sealed partial class SocketTunnel(Uri webPubSub, HttpMessageInvoker http, ILogger logger, CancellationToken stopping)
{
    /// <summary>Under its own name Web PubSub would take it for a token of its own. A client's own header of this name is not believed.</summary>
    private const string Authorization = "X-Original-Authorization";

    private const int BufferSize = 16 * 1024;

    /// <summary>A WebSocket below <c>/ws/</c>; the same addresses without an upgrade are negotiation, and the function app's.</summary>
    public static bool IsAskedFor(HttpRequest request) =>
        request.Path.StartsWithSegments("/ws", StringComparison.Ordinal)
        && request.HttpContext.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true
        && request.Headers.Upgrade.ToString().Equals("websocket", StringComparison.OrdinalIgnoreCase);

    public async Task OpenAsync(HttpContext context)
    {
        if (SocketAddress.Rewrite(ForwardedRequest.RawTarget(context.Request)) is not { } target)
        {
            await BadGateway.NotFoundAsync(context);
            return;
        }

        using HttpRequestMessage request = ForwardedRequest.Of(context.Request, webPubSub, target, Rename);
        request.Headers.TryAddWithoutValidation(HeaderNames.Connection, "Upgrade");
        request.Headers.TryAddWithoutValidation(HeaderNames.Upgrade, "websocket");
        using HttpResponseMessage? answer = await AskAsync(request, context);
        if (answer?.StatusCode is HttpStatusCode.SwitchingProtocols)
        {
            await PassOnAsync(context, answer);
        }
        else if (answer is not null)
        {
            await HttpForwarder.AnswerAsync(context, answer);
        }
    }

    private async Task<HttpResponseMessage?> AskAsync(HttpRequestMessage request, HttpContext context)
    {
        try
        {
            return await http.SendAsync(request, context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            if (!context.RequestAborted.IsCancellationRequested)
            {
                Log.NoAnswer(logger, webPubSub, e.Message);
                await BadGateway.WriteAsync(context, "Web PubSub does not answer.");
            }

            return null;
        }
    }

    private async Task PassOnAsync(HttpContext context, HttpResponseMessage answer)
    {
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in answer.Headers.NonValidated)
        {
            if (!ForwardedRequest.IsOfConnection(name))
            {
                context.Response.Headers.Append(name, values.ToArray());
            }
        }

        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "websocket";
        await using Stream service = await answer.Content.ReadAsStreamAsync(stopping);
        await using Stream client = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, context.RequestAborted);

        // The WebSocket's own closing handshake has passed by then: when one side has ended, the other has nothing to say any more.
        Task<bool> fromService = CopyAsync(service, client, end.Token);
        await Task.WhenAny(CopyAsync(client, service, end.Token), fromService);
        bool isWhole = fromService.IsCompleted && await fromService;
        await end.CancelAsync();
        if (!isWhole)
        {
            context.Abort(); // Otherwise the server sends what it still holds, the answer to a client's close above all, and then ends the connection.
        }
    }

    /// <returns>Whether it came to the end of what there is; else one side was cut.</returns>
    private static async Task<bool> CopyAsync(Stream from, Stream to, CancellationToken cancellationToken)
    {
        try
        {
            byte[] buffer = new byte[BufferSize];
            while (await from.ReadAsync(buffer, cancellationToken) is > 0 and int count)
            {
                await to.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                await to.FlushAsync(cancellationToken);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            return false; // Or the gateway stops. The other side is cut too.
        }
    }

    private static string? Rename(string header) => header switch
    {
        _ when header.Equals(HeaderNames.Authorization, StringComparison.OrdinalIgnoreCase) => Authorization,
        _ when header.Equals(Authorization, StringComparison.OrdinalIgnoreCase) => null,
        _ => header,
    };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Server} does not answer: {Error}")]
        public static partial void NoAnswer(ILogger logger, Uri server, string error);
    }
}
