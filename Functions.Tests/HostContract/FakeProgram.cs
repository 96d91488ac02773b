using System.Net;
using System.Net.Sockets;
using System.Text;
using ServerlessChat.Tests.HostContract.Host;

namespace ServerlessChat.Tests.HostContract;

/// <summary>A package of one function whose program is a script, behind the stand-in; and, if a test likes, somebody who listens where the program should.</summary>
internal sealed class FakeProgram : IAsyncDisposable
{
    private readonly string _folder;
    private TcpListener? _listener;

    private FakeProgram(string folder, FunctionsHost host) => (_folder, Host) = (folder, host);

    public FunctionsHost Host { get; }

    /// <param name="script">For bash.</param>
    public static async Task<FakeProgram> StartAsync(string script, HostLimits limits, bool isExecutable = true)
    {
        string folder = Directory.CreateTempSubdirectory("chat-program-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "host.json"), """
            {"version":"2.0","customHandler":{"description":{"defaultExecutablePath":"Program"},"enableProxyingHttpRequest":true},"extensions":{"http":{"routePrefix":""}}}
            """);
        Directory.CreateDirectory(Path.Combine(folder, "web"));
        await File.WriteAllTextAsync(Path.Combine(folder, "web", "function.json"), """
            {"bindings":[{"type":"httpTrigger","direction":"in","name":"request","authLevel":"anonymous","route":"{*path}"},{"type":"http","direction":"out","name":"$return"}]}
            """);
        string program = Path.Combine(folder, "Program");
        await File.WriteAllTextAsync(program, "#!/bin/bash\n" + script + "\n");
        if (isExecutable && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var output = new WorkerOutput(_ => { }, _ => { });
        return new FakeProgram(folder, await FunctionsHost.StartAsync(folder, new Dictionary<string, string>(), output, limits));
    }

    /// <summary>Listens at the program's port.</summary>
    /// <param name="answer">For each request, by its number; null cuts the connection, empty answers nothing and keeps it.</param>
    public void Listen(Func<int, string?> answer)
    {
        _listener = new TcpListener(IPAddress.Loopback, Host.Workers.Address.Port);
        _listener.Start();
        _ = AcceptAsync(_listener, answer);
    }

    /// <summary>What a caller gets.</summary>
    public async Task<(int Status, string Body)> AskAsync(string path = "/")
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        using HttpResponseMessage answer = await client.GetAsync(new Uri(Host.Address, path), TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _listener?.Dispose();
        Directory.Delete(_folder, recursive: true);
        await Host.DisposeAsync();
    }

    private static async Task AcceptAsync(TcpListener listener, Func<int, string?> answer)
    {
        var kept = new List<TcpClient>();
        try
        {
            for (int number = 1; ; number++)
            {
                TcpClient caller = await listener.AcceptTcpClientAsync();
                string? text = answer(number);
                if (text is { Length: 0 })
                {
                    kept.Add(caller);
                    continue;
                }

                using (caller)
                {
                    int read = await caller.GetStream().ReadAsync(new byte[4096]);
                    await caller.GetStream().WriteAsync(Encoding.ASCII.GetBytes(read > 0 && text is not null ? text : ""));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            kept.ForEach(caller => caller.Dispose());
        }
    }
}
