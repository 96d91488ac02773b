using System.Diagnostics;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>The official JavaScript client on a negotiated address. Its packages are those of the emulator's tests.</summary>
public sealed class OfficialClientTests(SocketChain chain) : IClassFixture<SocketChain>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly string Folder = Path.Combine(Repository.Root, "Emulator.Tests", "node");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_Sends_And_Receives_On_Both_Json_Protocols(bool reliable)
    {
        (ChatUser sara, ChatUser bob) = (await chain.Host.SignedInAsync(), await chain.Host.SignedInAsync());
        Room room = await sara.OpenAsync();
        Uri[] addresses = [await sara.NegotiateAsync($"/ws/chat/{room.Slug}/"), await bob.NegotiateAsync($"/ws/chat/{room.Slug}/")];
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@azure", "web-pubsub-client")))
        {
            await RunAsync("npm", "ci", "--no-audit", "--no-fund", "--prefix", Folder);
        }

        string printed = await RunAsync("node", Path.Combine(Folder, "chat.mjs"), addresses[0].AbsoluteUri, addresses[1].AbsoluteUri, reliable ? "true" : "false");

        ApiAnswer page = await bob.GetAsync(room.Path).Is(200);
        Assert.Equal(page.Json.List("messages")[0].GetRawText(), printed);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{program} failed: {await errors}");
            return output.Trim();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
