using Microsoft.Extensions.Configuration;
using ServerlessChat.Doctor;

namespace ServerlessChat.Tests.Doctor;

/// <summary>What a run of the doctor said, with its exit code.</summary>
internal sealed record DoctorRun(int Code, string Output, string Errors)
{
    /// <summary>Settings of Table Storage that are well written; the doctor itself never calls it.</summary>
    public const string Storage = "UseDevelopmentStorage=true";

    private const string KeyPart = "AccessKey=";

    /// <param name="webPubSub">The connection string that the doctor is given.</param>
    public static Task<DoctorRun> RunAsync(Uri url, string webPubSub, params string[] arguments) =>
        RunAsync(["--url", url.AbsoluteUri, .. arguments], ("WebPubSub:ConnectionString", webPubSub), ("Tables:ConnectionString", Storage));

    /// <summary>In this process. Nothing secret may be in what it writes: none of the settings' keys, no password, no token of any kind.</summary>
    public static async Task<DoctorRun> RunAsync(string[] arguments, params (string Name, string Value)[] settings)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        int code = await DoctorCommand.RunAsync(
            arguments,
            output,
            errors,
            builder => builder.Configuration.AddInMemoryCollection(LastOfEach(settings)),
            TestContext.Current.CancellationToken);
        var run = new DoctorRun(code, output.ToString(), errors.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine(run.Output + run.Errors);
        run.DemandNoSecret([.. settings.SelectMany(setting => setting.Value.Split(';')).Where(part => part.StartsWith(KeyPart, StringComparison.Ordinal)).Select(part => part[KeyPart.Length..])]);
        return run;
    }

    private static Dictionary<string, string?> LastOfEach((string Name, string Value)[] settings)
    {
        var last = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in settings)
        {
            last[name] = value;
        }

        return last;
    }

    public void DemandNoSecret(params string[] secrets)
    {
        foreach (string secret in (string[])[.. secrets, "eyJ", "access_token", "ticket=", "sha256=", KeyPart, TestKeys.TokenKey])
        {
            Assert.DoesNotContain(secret, Output + Errors, StringComparison.Ordinal);
        }
    }

    /// <summary>The lines of one check: its own, and its findings.</summary>
    public string Of(string check)
    {
        string[] lines = Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int start = Array.FindIndex(lines, line => line.Contains($"  {check}: ", StringComparison.Ordinal));
        Assert.True(start >= 0, $"There is no check {check} in:\n{Output}");
        return string.Join('\n', [lines[start], .. lines[(start + 1)..].TakeWhile(line => line is [_, ..] && IsFinding(line))]);
    }

    /// <summary>The check failed, and says these words.</summary>
    public DoctorRun HasFailed(string check, params string[] words)
    {
        Assert.Equal(1, Code);
        string said = Of(check);
        Assert.StartsWith("failed  ", said, StringComparison.Ordinal);
        foreach (string word in (string[])["expected: ", "came: ", "do: ", .. words])
        {
            Assert.Contains(word, said, StringComparison.Ordinal);
        }

        return this;
    }

    public DoctorRun IsOk(params string[] checks)
    {
        Assert.All(checks, check => Assert.StartsWith("ok  ", Of(check), StringComparison.Ordinal));
        return this;
    }

    public DoctorRun IsSkipped(string check, string reason)
    {
        Assert.StartsWith("skipped  ", Of(check), StringComparison.Ordinal);
        Assert.Contains(reason, Of(check), StringComparison.Ordinal);
        return this;
    }

    private static bool IsFinding(string line) =>
        line.StartsWith("expected: ", StringComparison.Ordinal) || line.StartsWith("came: ", StringComparison.Ordinal) || line.StartsWith("do: ", StringComparison.Ordinal);
}
