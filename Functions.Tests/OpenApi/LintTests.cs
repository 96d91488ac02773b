using System.Text.RegularExpressions;
using ServerlessChat.Tests.Infra;

namespace ServerlessChat.Tests.OpenApi;

/// <summary>A linter that knows the two specifications has nothing to say about the documents; <c>redocly.yaml</c> says what it is asked.</summary>
public sealed partial class LintTests
{
    [Fact]
    public async Task The_Documents_Have_No_Error_And_No_Warning()
    {
        string linter = Path.Combine(Repository.Root, "tools", "node_modules", "@redocly", "cli", "bin", "cli.js");
        var quiet = new Dictionary<string, string?>(StringComparer.Ordinal) { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" };

        ShellResult result = await Shell.RunAsync("node", [linter, "lint", ApiContract.FilePath, FrameContract.FilePath, "--config", "redocly.yaml", "--format", "json"], quiet);

        Assert.True(result.Code == 0, $"{result.Output}{result.Errors}");
        Assert.Equal(["0", "0", "0", "0"], Totals().Matches(result.Output).Select(match => match.Groups["number"].Value));
    }

    /// <summary>Of each document.</summary>
    [GeneratedRegex(@"(errors|warnings)"": (?<number>\d+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Totals();
}
