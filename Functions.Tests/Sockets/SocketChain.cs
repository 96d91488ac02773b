using System.Text.Json;
using Emulator;
using ServerlessChat.Sockets;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>A function app and the Web PubSub that it is connected with, wherever the app runs.</summary>
public interface ISocketChain
{
    RunningChat Host { get; }

    WebPubSubEmulator Emulator { get; }
}

/// <summary>The emulator of Web PubSub and the function app over Azurite, each in front of the other as in the local run.</summary>
public sealed class SocketChain(AzuriteFixture azurite) : ISocketChain, IAsyncLifetime
{
    private WebPubSubEmulator? _emulator;
    private ChatHost? _host;

    public ChatHost Host => _host ?? throw new InvalidOperationException("The chain isn't started.");

    RunningChat ISocketChain.Host => Host;

    public WebPubSubEmulator Emulator => _emulator ?? throw new InvalidOperationException("The chain isn't started.");

    public async ValueTask InitializeAsync() => (_emulator, _host) = await StartAsync(azurite.NewConnectionString());

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? part in new IAsyncDisposable?[] { _host, _emulator })
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <param name="storage">From <see cref="AzuriteFixture"/> or a proxy in front of it.</param>
    /// <param name="configure">What differs from the defaults in the function app, given the emulator.</param>
    /// <param name="without">A system event that the hubs don't send.</param>
    internal static async Task<(WebPubSubEmulator Emulator, ChatHost Host)> StartAsync(
        string storage, Func<WebPubSubEmulator, ChatHostOptions>? configure = null, string? without = null)
    {
        WebPubSubEmulatorOptions hubs = EmulatorFor(functionsPort: 1);
        foreach (EventHandlerOptions handler in hubs.Hubs.Values.SelectMany(hub => hub.EventHandlers))
        {
            handler.SystemEvents.Remove(without ?? "");
        }

        WebPubSubEmulator emulator = await WebPubSubEmulator.StartAsync(hubs, TestContext.Current.CancellationToken);
        ChatHostOptions options = configure?.Invoke(emulator) ?? new ChatHostOptions();
        var settings = new Dictionary<string, string?>(options.Settings, StringComparer.OrdinalIgnoreCase) { ["WebPubSub:ConnectionString"] = emulator.ConnectionString };
        ChatHost host = await ChatHost.StartAsync(storage, options with { Settings = settings });

        Connect(hubs, host);
        return (emulator, host);
    }

    /// <summary>Each needs the other's address, and only the emulator can learn it late.</summary>
    internal static void Connect(WebPubSubEmulatorOptions hubs, RunningChat host)
    {
        foreach (EventHandlerOptions handler in hubs.Hubs.Values.SelectMany(hub => hub.EventHandlers))
        {
            handler.UrlTemplate = $"{host.Address}webpubsub/events";
        }
    }

    /// <summary>The hubs as the local run and infrastructure set them.</summary>
    internal static WebPubSubEmulatorOptions EmulatorFor(int functionsPort, string url = "http://127.0.0.1:0")
    {
        var options = new WebPubSubEmulatorOptions { Url = url, CloseTimeout = TimeSpan.FromSeconds(1) };
        foreach (string hub in Channel.All)
        {
            var handler = new EventHandlerOptions { UrlTemplate = $"http://127.0.0.1:{functionsPort}/webpubsub/events", UserEventPattern = "*" };
            foreach (string name in new[] { "connect", "connected", "disconnected" })
            {
                handler.SystemEvents.Add(name);
            }

            options.Hubs[hub] = new HubOptions { AnonymousConnectPolicy = "allow", EventHandlers = { handler } };
        }

        return options;
    }
}

/// <summary>How tests open sockets.</summary>
internal static class SocketClient
{
    /// <summary>Negotiates as the contract says and opens a plain WebSocket.</summary>
    /// <param name="address">One of the three.</param>
    public static async Task<ChatSocket> ConnectAsync(this ChatUser user, string address) => await ChatSocket.OpenAsync(await user.NegotiateAsync(address));

    public static async Task<Uri> NegotiateAsync(this ChatUser user, string address)
    {
        JsonElement answer = (await user.GetAsync(address).Is(200)).Json.HasExactly("url", "expires_at");
        return new Uri(answer.Text("url")!);
    }

    public static Task<ChatSocket> OpenGroupAsync(this ChatUser user, Room room) => user.ConnectAsync($"/ws/chat/{room.Slug}/");

    public static Task<ChatSocket> OpenPrivateAsync(this ChatUser user, ChatUser other) => user.ConnectAsync($"/ws/private_chat/{other.Username}/");

    public static Task<ChatSocket> OpenNotificationsAsync(this ChatUser user) => user.ConnectAsync($"/ws/notifications/{user.Username}/");
}
