using System.Net.Http.Headers;
using System.Text;
using Emulator.Hubs;
using Emulator.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Emulator.Tests.Infrastructure;

/// <summary>An emulator of one test's own, with a REST client that signs as the SDKs do.</summary>
internal sealed class TestEmulator : IAsyncDisposable
{
    public const string Hub = "test";
    public const string Version = "api-version=2024-12-01";

    private readonly HttpClient _http = new();

    private TestEmulator(WebPubSubEmulator emulator) => Emulator = emulator;

    public WebPubSubEmulator Emulator { get; }

    public Hub State => Emulator.Services.GetRequiredService<HubRegistry>().Get(Hub);

    public string Authority => Emulator.Endpoint.Authority;

    public static async Task<TestEmulator> StartAsync(Action<WebPubSubEmulatorOptions>? configure = null)
    {
        var options = new WebPubSubEmulatorOptions { CloseTimeout = TimeSpan.FromSeconds(1) };
        configure?.Invoke(options);
        return new(await WebPubSubEmulator.StartAsync(options, TestContext.Current.CancellationToken));
    }

    /// <summary>Starts with one handler that wants every event named.</summary>
    public static Task<TestEmulator> StartAsync(
        Webhook webhook, string? userEvents = "*", string[]? systemEvents = null, Action<WebPubSubEmulatorOptions>? configure = null) =>
        StartAsync(options =>
        {
            var handler = new EventHandlerOptions { UrlTemplate = $"{webhook.Url}/hubs/{{hub}}/{{event}}", UserEventPattern = userEvents };
            foreach (var name in systemEvents ?? [])
            {
                handler.SystemEvents.Add(name);
            }

            options.Hubs[Hub] = new() { EventHandlers = { handler } };
            configure?.Invoke(options);
        });

    public Task<TestClient> ConnectAsync(
        string? subprotocol = null, string? userId = null, string[]? roles = null, string[]? groups = null, string query = "") =>
        TestClient.ConnectAsync(new($"{Emulator.GetClientAccessUri(Hub, userId, roles, groups)}{query}"), subprotocol);

    /// <summary>Connects a client that may do everything, past its first message.</summary>
    public async Task<TestClient> ConnectJsonAsync(
        string? userId = null, string[]? roles = null, string[]? groups = null, string subprotocol = "json.webpubsub.azure.v1")
    {
        var client = await ConnectAsync(subprotocol, userId, roles ?? ["webpubsub.joinLeaveGroup", "webpubsub.sendToGroup"], groups);
        await client.ReadConnectedAsync();
        return client;
    }

    /// <summary>A call below the hub's address, signed for exactly that address.</summary>
    /// <param name="path">From the slash after the hub on, with its query.</param>
    public Task<HttpResponseMessage> CallAsync(HttpMethod method, string path, HttpContent? content = null, string? token = null, string hub = Hub) =>
        SendAsync(method, $"{Emulator.Endpoint}api/hubs/{hub}{path}", content, token);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, HttpContent? content = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Content = content;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Sign(url));
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string? text = null, string contentType = "text/plain", string hub = Hub) =>
        CallAsync(HttpMethod.Post, path, text is null ? null : Content(text, contentType), hub: hub);

    public string Sign(string audience, TimeSpan? lifetime = null) =>
        Emulator.Services.GetRequiredService<AccessKeys>().Sign(
            audience, lifetime ?? TimeSpan.FromMinutes(5), new Dictionary<string, object>(StringComparer.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        _http.Dispose();
    }

    private static ByteArrayContent Content(string text, string contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return content;
    }
}
