using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Emulator;

namespace EmulatorBench;

/// <summary>A server in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri endpoint, Uri client)
    {
        _process = process;
        Endpoint = endpoint;
        Client = client;
    }

    public Uri Endpoint { get; }

    /// <summary>Where a receiver connects.</summary>
    public Uri Client { get; }

    /// <summary>Where a message is posted.</summary>
    public Uri Send => new(Endpoint, "/api/hubs/bench/groups/g/:send?api-version=2024-12-01");

    public static async Task<ServerProcess> StartAsync(string kind)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve", kind]) { RedirectStandardOutput = true, RedirectStandardInput = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        var endpoint = await process.StandardOutput.ReadLineAsync();
        var client = await process.StandardOutput.ReadLineAsync();
        return new(process, new(endpoint!), new(client!));
    }

    /// <summary>Memory after a full collection: resident bytes of the process, and bytes of its managed heap.</summary>
    public async Task<(long Resident, long Managed)> MeasureAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        var managed = long.Parse((await _process.StandardOutput.ReadLineAsync())!);
        _process.Refresh();
        return (_process.WorkingSet64, managed);
    }

    /// <summary>A token for <see cref="Send"/>, as the SDKs sign it.</summary>
    public string CreateToken()
    {
        var expires = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var content = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode($$"""{"aud":"{{Send.AbsoluteUri}}","exp":{{expires}}}""")}";
        var key = Encoding.UTF8.GetBytes(WebPubSubEmulatorOptions.DevelopmentAccessKey);
        return $"{content}.{System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(content)))}";
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string Encode(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
