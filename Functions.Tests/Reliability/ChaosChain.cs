using System.Net;
using System.Net.Sockets;
using Emulator;
using ServerlessChat.Tests.Hosting;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Reliability;

/// <summary>The function app as a process and the emulator, on ports that stay, over one storage: each can be killed and started again.</summary>
internal sealed class ChaosChain : IAsyncDisposable
{
    private readonly (string Name, string Value)[] _settings;
    private readonly int _functionsPort;
    private readonly int _emulatorPort;
    private WebPubSubEmulator? _emulator;
    private FunctionApp? _app;

    private ChaosChain(string storage)
    {
        (_functionsPort, _emulatorPort) = (FreePorts.Next(), FreePorts.Next());
        _settings =
        [
            ("FUNCTIONS_CUSTOMHANDLER_PORT", $"{_functionsPort}"),
            ("Tables__ConnectionString", storage),
            ("WebPubSub__ConnectionString", $"Endpoint=http://127.0.0.1:{_emulatorPort};AccessKey={WebPubSubEmulatorOptions.DevelopmentAccessKey};Version=1.0;"),
            ("Tokens__Keys__0__Id", "test"),
            ("Tokens__Keys__0__Secret", TestKeys.TokenKey),
            ("Accounts__PasswordIterations", "10000"),
            ("Messages__SendBurst", "1000000"),
            ("Messages__SendsPerSecond", "100000"),
            ("Logging__LogLevel__Default", "Error"),
        ];
    }

    public Uri Address => new($"http://127.0.0.1:{_functionsPort}/");

    public static async Task<ChaosChain> StartAsync(string storage)
    {
        var chain = new ChaosChain(storage);
        await chain.StartEmulatorAsync();
        await chain.StartAppAsync();
        return chain;
    }

    /// <summary>SIGKILL: nothing that the app had begun is ended.</summary>
    public async Task RestartAppAsync()
    {
        await _app!.DisposeAsync();
        await StartAppAsync();
    }

    public async Task RestartEmulatorAsync()
    {
        await _emulator!.DisposeAsync();
        await StartEmulatorAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await (_app?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_emulator?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task StartAppAsync()
    {
        _app = FunctionApp.Start(_settings);
        await Eventually.Async(Answers, "the function app");

        bool Answers()
        {
            using var socket = new TcpClient();
            try
            {
                socket.Connect(IPAddress.Loopback, _functionsPort);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }

    private async Task StartEmulatorAsync() => _emulator = await WebPubSubEmulator.StartAsync(
        SocketChain.EmulatorFor(_functionsPort, $"http://127.0.0.1:{_emulatorPort}"), TestContext.Current.CancellationToken);
}
