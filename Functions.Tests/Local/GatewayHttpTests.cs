using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ServerlessChat.Tests.Local;

/// <summary>The gateway in front of the function app: what comes is passed on as it is.</summary>
public sealed class GatewayHttpTests
{
    [Theory]
    [InlineData("/chat/group/%D8%AF%D9%88%D8%B3%D8%AA%E2%80%8C%D9%85%D8%A7/?after=1&x=%2B+%26")]
    [InlineData("/chat/a%2Fb/%2520/%3F%23/?q=%D8%B3")]
    [InlineData("/a//b/")]
    [InlineData("/ws/chat/x/?a=1")]
    public async Task Path_And_Query_Arrive_Byte_For_Byte(string target)
    {
        await using Upstream upstream = await Upstream.StartAsync(context =>
            context.Response.WriteAsync(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget));
        Assert.Equal(target, (await SendAsync(new HttpRequestMessage(HttpMethod.Get, Exact(upstream, target)))).Body);
    }

    [Theory]
    [InlineData("GET http://localhost/health/ HTTP/1.1\r\nHost: localhost")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: localhost")]
    [InlineData("CONNECT @{0} HTTP/1.1\r\nHost: @{0}")]
    [InlineData("CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80")]
    public async Task A_Target_That_Is_No_Path_Is_Refused_And_Leads_Nowhere(string head)
    {
        int asked = 0;
        Task CountAsync(HttpContext context)
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        }

        await using Upstream upstream = await Upstream.StartAsync(CountAsync);
        await using Upstream elsewhere = await Upstream.StartAsync(CountAsync);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, upstream.Gateway.Address.Port, TestContext.Current.CancellationToken);
        string request = string.Format(CultureInfo.InvariantCulture, head, elsewhere.Authority) + "\r\nConnection: close\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var answer = new StreamReader(client.GetStream());
        Assert.Equal("HTTP/1.1 400 Bad Request", await answer.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, asked);
    }

    [Fact]
    public async Task Headers_Pass_But_The_Connections_And_Forged_Origins()
    {
        await using Upstream upstream = await Upstream.StartAsync(context =>
        {
            context.Response.Headers.Append("Set-Cookie", "a=1; Path=/");
            context.Response.Headers.Append("Set-Cookie", "b=2; HttpOnly");
            context.Response.Headers.Location = "/elsewhere";
            context.Response.StatusCode = 302;
            return context.Response.WriteAsync($"{string.Join(',', context.Request.Headers.Select(h => h.Key).Order(StringComparer.Ordinal))}|{Forwarded(context.Request)}");
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, Exact(upstream, "/"));
        request.Headers.TryAddWithoutValidation("Cookie", "chat_session=x; y=z");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer t");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", "evil.example");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "1.2.3.4");
        request.Headers.TryAddWithoutValidation("TE", "trailers");

        (HttpResponseMessage response, string body) = await SendAsync(request);

        Assert.Equal(302, (int)response.StatusCode);
        Assert.Equal(["a=1; Path=/", "b=2; HttpOnly"], response.Headers.GetValues("Set-Cookie"));
        Assert.Equal("Authorization,Cookie,Host,X-Forwarded-For,X-Forwarded-Host,X-Forwarded-Proto", body.Split('|')[0]);
        Assert.Equal($"127.0.0.1 http {upstream.Gateway.Address.Authority}", body.Split('|')[1]);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(5_000_000, false)]
    [InlineData(5_000_000, true)]
    public async Task Bodies_Stream_Both_Ways(int size, bool chunked)
    {
        await using Upstream upstream = await Upstream.StartAsync(context => context.Request.Body.CopyToAsync(context.Response.Body));
        byte[] bytes = RandomNumberGenerator.GetBytes(size);
        using var request = new HttpRequestMessage(HttpMethod.Post, Exact(upstream, "/x")) { Content = new ByteArrayContent(bytes) };
        request.Headers.TransferEncodingChunked = chunked;
        using HttpClient client = Client();
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    [InlineData("DELETE", 404)]
    [InlineData("PATCH", 503)]
    public async Task Methods_And_Statuses_Pass(string method, int status)
    {
        await using Upstream upstream = await Upstream.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["Seen"] = context.Request.Method;
            return Task.CompletedTask;
        });
        (HttpResponseMessage response, string body) = await SendAsync(new HttpRequestMessage(new HttpMethod(method), Exact(upstream, "/")));
        Assert.Equal((status, method, ""), ((int)response.StatusCode, response.Headers.GetValues("Seen").Single(), body));
    }

    [Fact]
    public async Task A_Function_App_That_Is_Down_Is_A_502_In_The_Apis_Shape()
    {
        await using Upstream upstream = await Upstream.StartAsync(_ => Task.CompletedTask);
        await upstream.StopAsync();
        (HttpResponseMessage response, string body) = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Exact(upstream, "/")));
        Assert.Equal((HttpStatusCode.BadGateway, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Contains("\"code\":\"unavailable\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_Answer_That_Breaks_Off_Is_Not_Passed_On_As_Whole()
    {
        await using Upstream upstream = await Upstream.StartAsync(async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("half");
            context.Abort();
        });
        using HttpClient client = Client();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetStringAsync(Exact(upstream, "/"), TestContext.Current.CancellationToken));
    }

    private static string Forwarded(HttpRequest request) =>
        $"{request.Headers["X-Forwarded-For"]} {request.Headers["X-Forwarded-Proto"]} {request.Headers["X-Forwarded-Host"]}";

    private static Uri Exact(Upstream upstream, string target) => new(
        $"http://localhost:{upstream.Gateway.Address.Port}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private static HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null });

    private static async Task<(HttpResponseMessage Response, string Body)> SendAsync(HttpRequestMessage request)
    {
        using HttpClient client = Client();
        HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
