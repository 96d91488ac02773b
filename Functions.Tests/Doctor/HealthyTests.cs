using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Doctor;

/// <summary>An installation that is well.</summary>
public sealed class HealthyTests(SocketChain chain) : IClassFixture<SocketChain>
{
    [Fact]
    public async Task All_Is_Well_And_Said_So()
    {
        DoctorRun run = await DoctorRun.RunAsync(chain.Host.Address, chain.Emulator.ConnectionString);

        Assert.Equal((0, ""), (run.Code, run.Errors));
        Assert.EndsWith("14 checks passed, 0 failed\n", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("registered doctor-", run.Of("person"), StringComparison.Ordinal);
        Assert.Contains($"Web PubSub at {chain.Emulator.Endpoint.Authority} by access key", run.Of("settings"), StringComparison.Ordinal);
        Assert.Matches(@"stored in \d+ ms and heard on the socket \d+ ms", run.Of("notification"));
        Assert.Matches(@"there and back over the socket in \d+ ms", run.Of("private message"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_An_Account_Of_Ones_Own_It_Leaves_No_Group_Behind(bool byFile)
    {
        ChatUser sara = await chain.Host.SignedInAsync();
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, sara.Password + "\n", TestContext.Current.CancellationToken);

        DoctorRun run = await DoctorRun.RunAsync(
            ["--url", chain.Host.Address.AbsoluteUri, "--username", sara.Username, .. byFile ? (string[])["--password-file", file] : []],
            ("WebPubSub:ConnectionString", chain.Emulator.ConnectionString),
            ("Tables:ConnectionString", DoctorRun.Storage),
            ("DOCTOR_PASSWORD", byFile ? "another" : sara.Password));
        File.Delete(file);

        Assert.Equal(0, run.Code);
        Assert.Contains($"signed in as {sara.Username}", run.Of("person"), StringComparison.Ordinal);
        run.DemandNoSecret(sara.Password);
        Assert.Empty((await sara.GetAsync("/chat/").Is(200)).Json.List("groups"));
    }

    [Fact]
    public async Task A_Wrong_Password_Is_Said_And_What_Needs_A_Person_Is_Skipped()
    {
        ChatUser sara = await chain.Host.SignedInAsync();

        DoctorRun run = await DoctorRun.RunAsync(
            ["--url", chain.Host.Address.AbsoluteUri, "--username", sara.Username],
            ("WebPubSub:ConnectionString", chain.Emulator.ConnectionString),
            ("Tables:ConnectionString", DoctorRun.Storage),
            ("DOCTOR_PASSWORD", "wrong-s3cret"));

        run.HasFailed("person", "401", "Username or password is wrong").IsOk("handshake", "events").IsSkipped("group message", "needs person, which failed");
        run.DemandNoSecret("wrong-s3cret");
        Assert.EndsWith("8 checks passed, 1 failed", run.Output.Trim(), StringComparison.Ordinal);
    }
}
