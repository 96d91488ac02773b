using System.Diagnostics;
using System.Globalization;
using ServerlessChat.Tests.HostContract.Host;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.HostContract;

/// <summary>Whatever the program does, a caller of the stand-in gets an answer that says what was waited for, and the stand-in ends.</summary>
public sealed class StandInTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    private const string Sleeps = "echo 'still thinking'; exec sleep 100";

    private static readonly HostLimits Short = new() { Initialization = TimeSpan.FromMilliseconds(600), Probe = TimeSpan.FromMilliseconds(200), Activity = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task Of_A_Program_That_Never_Listens()
    {
        await using FakeProgram program = await FakeProgram.StartAsync(Sleeps, Short);

        (int status, string body) = await program.AskAsync();

        Assert.Equal(503, status);
        Assert.Matches("^Process [0-9]+ did not answer at http://127.0.0.1:[0-9]+/ within 0.6 s: .*refused.*It wrote last:\nstill thinking", body);
        Assert.Equal(3, program.Host.Workers.Started);
    }

    /// <summary>The stand-in itself was that somebody once: its own port and the program's were the same, and it waited for itself.</summary>
    [Fact]
    public async Task Of_Somebody_Else_At_Its_Port_Who_Never_Answers()
    {
        await using FakeProgram program = await FakeProgram.StartAsync(Sleeps, Short);
        program.Listen(_ => "");

        (int status, string body) = await program.AskAsync();

        Assert.Equal(503, status);
        Assert.Matches("^Process [0-9]+ did not answer at .* within 0.6 s", body);
    }

    [Fact]
    public async Task Of_A_Port_Where_The_First_Connections_Are_Cut()
    {
        await using FakeProgram program = await FakeProgram.StartAsync(Sleeps, new HostLimits());
        program.Listen(number => number < 4 ? null : Ok);

        Assert.Equal((200, "ok"), await program.AskAsync());
    }

    [Fact]
    public async Task Of_A_Program_That_Is_There_And_Then_Answers_Nothing()
    {
        await using FakeProgram program = await FakeProgram.StartAsync(Sleeps, Short with { Initialization = TimeSpan.FromSeconds(30) });
        program.Listen(number => number == 1 ? Ok : "");

        (int status, string body) = await program.AskAsync();

        Assert.Equal(504, status);
        Assert.Matches("^RequestTimedOut of process 1. It wrote last:\nstill thinking", body);
    }

    [Fact]
    public async Task Of_A_Program_That_Ends_With_An_Error_However_Often()
    {
        await using FakeProgram program = await FakeProgram.StartAsync("echo 'no key' >&2; exit 7", new HostLimits());

        (int status, string body) = await program.AskAsync();

        Assert.Equal(503, status);
        Assert.Matches("^The program ended with 7. It wrote last:\nno key", body);
        Assert.Equal(3, program.Host.Workers.Started);
    }

    [Fact]
    public async Task Of_A_Program_That_Ends_As_If_It_Were_Done()
    {
        await using FakeProgram program = await FakeProgram.StartAsync("exit 0", new HostLimits());

        Assert.Equal((503, "The program ended with 0. It wrote nothing."), await program.AskAsync());
        Assert.Equal(1, program.Host.Workers.Started);
    }

    [Fact]
    public async Task Of_A_Program_That_May_Not_Be_Run()
    {
        await using FakeProgram program = await FakeProgram.StartAsync("exit 200", new HostLimits(), isExecutable: false);

        (int status, string body) = await program.AskAsync();

        Assert.Equal(503, status);
        Assert.Contains("Permission denied", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_A_Program_Whose_Output_Somebody_Keeps_Open()
    {
        FakeProgram program = await FakeProgram.StartAsync("(setsid sleep 100 & echo $!); exec sleep 100", Short with { Initialization = TimeSpan.FromSeconds(30), Stop = TimeSpan.FromSeconds(1) });
        string last = "";
        await Eventually.Async(() => (last = program.Host.Workers.Last.ToString()).Contains('\n', StringComparison.Ordinal), "the child");
        using Process child = Process.GetProcessById(int.Parse(last.Split('\n')[^1], CultureInfo.InvariantCulture));
        try
        {
            TimeoutException e = await Assert.ThrowsAsync<TimeoutException>(() => program.DisposeAsync().AsTask());
            Assert.Matches("^The output of process [0-9]+ is still open 1 s after its end was called for", e.Message);
        }
        finally
        {
            child.Kill();
        }
    }

    [Fact]
    public async Task A_Test_That_Waits_In_Vain_Says_For_What()
    {
        await using FakeProgram program = await FakeProgram.StartAsync(Sleeps, new HostLimits());
        program.Listen(_ => "");
        using var client = new HttpClient(new AnswerLimit(TimeSpan.FromMilliseconds(300), () => "Last log."));

        TimeoutException e = await Assert.ThrowsAsync<TimeoutException>(() => client.GetAsync(program.Host.Workers.Address, TestContext.Current.CancellationToken));

        Assert.Equal($"GET {program.Host.Workers.Address} was not answered within 0.3 s. Last log.", e.Message);
    }
}
