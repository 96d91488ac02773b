using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ServerlessChat.Tests.Local;

/// <summary>The one command that runs it all.</summary>
public sealed class LocalTests
{
    [Fact]
    public async Task The_Local_Run_Says_When_It_Is_Ready_Ends_Whole_On_An_Interrupt_And_Keeps_Its_Data()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        string data = Directory.CreateTempSubdirectory("chat-local-").FullName;
        (int functions, int tables) = (LocalRun.FreePort(), LocalRun.FreePort());

        await using (LocalRun first = LocalRun.Start(data, functions, tables))
        {
            await first.WaitUntilReadyAsync();
            Assert.Equal(new Uri($"http://localhost:{functions}/"), first.Address);
            string[] tries = [.. first.Lines.Where(l => l.Contains("curl ", StringComparison.Ordinal))];
            Assert.Equal(3, tries.Length);
            Assert.Equal("sara", JsonElement.Parse(await BashAsync(tries[0])).GetProperty("username").GetString());
            Assert.Equal(3, (await BashAsync($"{tries[1]}; echo \"$TOKEN\"")).Split('.').Length);

            await first.InterruptAsync();
            Assert.Equal((0, ""), await first.WaitForExitAsync());
        }

        Assert.False(await AnswersAsync(functions));
        Assert.False(await AnswersAsync(tables));

        await using (LocalRun second = LocalRun.Start(data, functions, tables))
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

    [Fact]
    public async Task A_Taken_Port_Is_An_Error_Before_Anything_Starts()
    {
        string data = Directory.CreateTempSubdirectory("chat-local-").FullName;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int taken = ((IPEndPoint)listener.LocalEndpoint).Port;

        await using LocalRun run = LocalRun.Start(data, LocalRun.FreePort(), taken);
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
        (int functions, int tables) = (LocalRun.FreePort(), LocalRun.FreePort());
        await using LocalRun run = LocalRun.Start(data, functions, tables);
        await run.WaitUntilReadyAsync();

        await BashAsync($"kill -KILL $(pgrep -f -- '--tablePort {tables} --location {data}')");
        (int code, string errors) = await run.WaitForExitAsync();

        Assert.Equal(1, code);
        Assert.Contains("Azurite ended by itself", errors, StringComparison.Ordinal);
        Assert.False(await AnswersAsync(functions));
        Directory.Delete(data, recursive: true);
    }

    private static async Task<string> BashAsync(string line)
    {
        using Process bash = Process.Start(new ProcessStartInfo("bash", ["-c", line]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output.Trim();
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
