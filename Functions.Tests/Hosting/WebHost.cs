using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ServerlessChat.Hosting;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Hosting;

/// <summary>The app with a made-up build of the web client.</summary>
public sealed class WebHost(AzuriteFixture azurite) : IAsyncLifetime
{
    public const string Script = "/assets/index-a1b2.js";

    private readonly WebBuild _build = WebBuild.Create();
    private ChatHost? _host;

    public ChatHost Host => _host ?? throw new InvalidOperationException("The host isn't started.");

    public async ValueTask InitializeAsync() => _host = await StartAsync(azurite, _build.Folder);

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        _build.Dispose();
    }

    /// <param name="azurite">For an account that nothing is read from.</param>
    /// <param name="folder">The client's build.</param>
    /// <param name="settings">As <c>Section:Name</c>.</param>
    public static Task<ChatHost> StartAsync(AzuriteFixture azurite, string folder, params (string Name, string? Value)[] settings) =>
        ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions
        {
            Configure = builder => builder.Services.AddSingleton(new WebFiles(folder)),
            Settings = settings.ToDictionary(s => s.Name, s => s.Value, StringComparer.Ordinal),
        });

    /// <summary>Asks with one more header.</summary>
    /// <param name="path">The address.</param>
    /// <param name="header">Its name.</param>
    /// <param name="value">Sent as it is; null leaves it out.</param>
    public async Task<HttpResponseMessage> GetAsync(string path, string header, string? value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (value is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        }

        return await Host.Anonymous().SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The whole answer to a path as it is written: HttpClient would resolve its dots.</summary>
    public async Task<string> GetRawAsync(string path)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Host.Address.Host, Host.Address.Port, TestContext.Current.CancellationToken);
        await using NetworkStream stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
