using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ServerlessChat.Local;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Local;

/// <summary>The one command that runs it all.</summary>
public sealed class LocalTests
{
    [Fact]
    public async Task The_Local_Run_Says_When_It_Is_Ready_Ends_Whole_On_An_Interrupt_And_Keeps_Its_Data()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        string data = Directory.CreateTempSubdirectory("chat-local-").FullName;
        var ports = LocalPorts.Free();

        await using (LocalRun first = LocalRun.Start(data, ports))
        {
            await first.WaitUntilReadyAsync();
            Assert.Equal(new Uri($"http://localhost:{ports.Gateway}/"), first.Address);
            string[] tries = [.. first.Lines.Where(l => l.Contains("curl ", StringComparison.Ordinal))];
            Assert.Equal(3, tries.Length);
            Assert.Equal("sara", JsonElement.Parse(await BashAsync(tries[0])).GetProperty("username").GetString());
            string[] tried = (await BashAsync($"{tries[1]}; {tries[2]}; echo; echo \"$TOKEN\"")).Split('\n');
            Assert.Equal("friends", JsonElement.Parse(tried[0]).GetProperty("slug").GetString());
            await CrossAsync(ports.Gateway, tried[1]);

            await first.InterruptAsync();
            Assert.Equal((0, ""), await first.WaitForExitAsync());
        }

        Assert.All(ports.All, port => Assert.False(Answers(port)));

        await using (LocalRun second = LocalRun.Start(data, ports))
        {
            await second.WaitUntilReadyAsync();
            using var client = new HttpClient { BaseAddress = second.Address };
            ApiAnswer taken = await client.PostJsonAsync("/chat/register/", new { username = "sara", password1 = "salam-donya-42", password2 = "salam-donya-42" });
            Assert.Equal("username_taken", taken.Code);
            await second.InterruptAsync();
            Assert.Equal((0, ""), await second.WaitForExitAsync());
        }

        Directory.Delete(data, recursive: true);
    }

    /// <summary>The document's address as it stands there: what one says, everyone on it gets.</summary>
    private static async Task CrossAsync(int port, string token)
    {
        var address = new Uri($"ws://localhost:{port}/ws/chat/friends/");
        await using ChatSocket one = await ChatSocket.OpenAsync(new Uri(address, "?token=" + token));
        await using ChatSocket other = await ChatSocket.OpenAsync(address, options => options.SetRequestHeader("Authorization", "Bearer " + token));
        await one.SendAsync(new { message = "سلام" });
        Assert.Equal("سلام", (await other.ReceiveAsync()).GetProperty("message").GetString());
        await one.ReceiveAsync();
    }

    [Theory]
    [InlineData("Endpoint=https://chat.webpubsub.azure.com;AccessKey=k;Version=1.0;", "https://chat.webpubsub.azure.com")]
    [InlineData("accesskey=k;endpoint=http://localhost:9000/", "http://localhost:9000")]
    [InlineData("Endpoint=http://localhost;AccessKey=k;Port=9000", "http://localhost:9000")]
    public void Sockets_Go_Where_The_Function_App_Finds_Another_Web_PubSub(string connectionString, string address) =>
        Assert.Equal(address, new LocalOptions("/", "/", 1, 2, 3, 4, OtherTables: null, connectionString).WebPubSub);

    [Fact]
    public async Task A_Taken_Port_Is_An_Error_Before_Anything_Starts()
    {
        string data = Directory.CreateTempSubdirectory("chat-local-").FullName;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int taken = ((IPEndPoint)listener.LocalEndpoint).Port;

        await using LocalRun run = LocalRun.Start(data, LocalPorts.Free() with { Tables = taken });
        (int code, string errors) = await run.WaitForExitAsync();

        Assert.Equal(1, code);
        Assert.Equal($"Local: port {taken} of Azurite is taken; end the program that has it, or set TABLES_PORT to a free port.", errors.Trim());
        Assert.Empty(Directory.GetFileSystemEntries(data));
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_Child_That_Ends_By_Itself_Ends_The_Rest_And_Is_Named()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        string data = Directory.CreateTempSubdirectory("chat-local-").FullName;
        var ports = LocalPorts.Free();
        await using LocalRun run = LocalRun.Start(data, ports);
        await run.WaitUntilReadyAsync();

        await BashAsync($"kill -KILL $(pgrep -f -- '--tablePort {ports.Tables} --location {data}')");
        (int code, string errors) = await run.WaitForExitAsync();

        Assert.Equal(1, code);
        Assert.Contains("Azurite ended by itself", errors, StringComparison.Ordinal);
        Assert.All(ports.All, port => Assert.False(Answers(port)));
        Directory.Delete(data, recursive: true);
    }

    private static async Task<string> BashAsync(string line)
    {
        using Process bash = Process.Start(new ProcessStartInfo("bash", ["-c", line]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output.Trim();
    }

    private static bool Answers(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
