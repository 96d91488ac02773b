using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ServerlessChat.Tests.Faults;

/// <summary>
/// Stands between a client and Azurite, on a free port: writes down each request and does harm to those that a test picks.
/// Shared Key Lite signs the path and not the host, so requests pass as they are.
/// </summary>
public sealed class TableProxy : IAsyncDisposable
{
    private const string Busy = """{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"The server is busy."}}}""";

    private readonly WebApplication _server;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly Uri _target;
    private ConcurrentQueue<TableRequest> _requests = new();
    private int _number;

    private TableProxy(Uri target)
    {
        _target = target;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxRequestBodySize = null);
        _server = builder.Build();
        _server.Run(HandleAsync);
    }

    /// <summary>The account of the target, at the proxy's address.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Asked for each request, from many threads. Null does no harm.</summary>
    public Func<TableRequest, FaultAction>? Fault { get; set; }

    /// <summary>Awaited for each request before it is forwarded: holds one back until a test lets it go. Null holds nothing.</summary>
    public Func<TableRequest, Task>? Gate { get; set; }

    /// <summary>What came since the start or the last <see cref="Reset"/>, in the order of arrival.</summary>
    public IReadOnlyList<TableRequest> Requests => [.. _requests.OrderBy(static request => request.Number)];

    /// <param name="connectionString">With a <c>TableEndpoint</c>, as the fixture of Azurite hands out.</param>
    public static async Task<TableProxy> StartAsync(string connectionString)
    {
        const string Part = "TableEndpoint=";
        string[] parts = connectionString.Split(';');
        Uri endpoint = new(parts.Single(static part => part.StartsWith(Part, StringComparison.Ordinal))[Part.Length..]);
        TableProxy proxy = new(new Uri(endpoint.GetLeftPart(UriPartial.Authority)));
        await proxy._server.StartAsync();
        string address = proxy._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        IEnumerable<string> others = parts.Where(static part => !part.StartsWith(Part, StringComparison.Ordinal));
        proxy.ConnectionString = string.Join(';', others.Append($"{Part}{address}{endpoint.AbsolutePath}"));
        return proxy;
    }

    /// <summary>How many requests of these kinds came; of all kinds but the creation of tables when none is given.</summary>
    public int Count(params TableRequestKind[] kinds) => Requests.Count(request =>
        kinds.Length == 0 ? request.Kind != TableRequestKind.CreateTable : kinds.Contains(request.Kind));

    /// <summary>How many requests of this kind came for a table.</summary>
    public int Count(TableRequestKind kind, string table) =>
        Requests.Count(request => request.Kind == kind && request.Table.Equals(table, StringComparison.OrdinalIgnoreCase));

    /// <summary>Forgets the requests, does no more harm and holds nothing back.</summary>
    public void Reset()
    {
        Fault = null;
        Gate = null;
        _requests = new ConcurrentQueue<TableRequest>();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        byte[] body = await ReadAsync(context.Request);
        string path = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        int account = path.IndexOf('/', 1);
        TableRequest request = TableRequest.Parse(
            Interlocked.Increment(ref _number), context.Request.Method, account < 0 ? path : path[account..], context.Request.Headers.IfMatch.Count > 0, body);
        _requests.Enqueue(request);
        request.Fault = Fault?.Invoke(request) ?? FaultAction.None;
        await (Gate?.Invoke(request) ?? Task.CompletedTask);
        await AnswerAsync(context, request, path);
    }

    private async Task AnswerAsync(HttpContext context, TableRequest request, string path)
    {
        if (request.Fault is FaultAction.Refuse or FaultAction.Drop)
        {
            await HarmAsync(context, request);
            return;
        }

        // Once forwarded, an answer is awaited even when the client has gone: what Azurite does is done.
        using HttpRequestMessage forwarded = Forward(context.Request, path, request.Body);
        using HttpResponseMessage answer = await _client.SendAsync(forwarded, CancellationToken.None);
        byte[] body = await answer.Content.ReadAsByteArrayAsync();
        if (request.Fault != FaultAction.None)
        {
            await HarmAsync(context, request);
            return;
        }

        request.Status = (int)answer.StatusCode;
        CopyHeaders(answer, context.Response);
        context.Response.StatusCode = request.Status;
        if (request.Status != (int)HttpStatusCode.NoContent)
        {
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body);
        }
    }

    private static async Task HarmAsync(HttpContext context, TableRequest request)
    {
        if (request.Fault is FaultAction.Drop or FaultAction.ForwardThenDrop)
        {
            context.Abort();
            return;
        }

        request.Status = context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers["x-ms-error-code"] = "ServerBusy";
        await context.Response.WriteAsync(Busy);
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private HttpRequestMessage Forward(HttpRequest source, string path, byte[] body)
    {
        // The path as it came: decoded and encoded again, its signature would not hold.
        HttpRequestMessage request = new(new HttpMethod(source.Method), new Uri(_target, path));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in source.Headers)
        {
            bool isOfTheConnection = name is "Host" or "Connection" or "Transfer-Encoding" or "Content-Length";
            if (!isOfTheConnection && !request.Headers.TryAddWithoutValidation(name, [.. values]))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, [.. values]);
            }
        }

        return request;
    }

    private static void CopyHeaders(HttpResponseMessage source, HttpResponse target)
    {
        foreach ((string name, IEnumerable<string> values) in source.Headers.Concat(source.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Content-Length" or "Connection" or "Keep-Alive"))
            {
                target.Headers[name] = values.ToArray();
            }
        }
    }
}
