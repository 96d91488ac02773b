using ServerlessChat.Tests.Infra;

namespace ServerlessChat.Tests.OpenApi;

/// <summary>A linter that knows the two specifications has nothing to say about the documents; <c>redocly.yaml</c> says what it is asked.</summary>
public sealed class LintTests
{
    [Fact]
    public async Task The_Documents_Have_No_Error_And_No_Warning()
    {
        string linter = Path.Combine(Repository.Root, "tools", "node_modules", "@redocly", "cli", "bin", "cli.js");
        var quiet = new Dictionary<string, string?>(StringComparer.Ordinal) { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" };

        ShellResult result = await Shell.RunAsync("node", [linter, "lint", ApiContract.FilePath, "--config", "redocly.yaml", "--format", "json"], quiet);

        Assert.True(result.Code == 0, $"{result.Output}{result.Errors}");
        Assert.Equal("""{"errors":0,"warnings":0,"ignored":0}""", System.Text.Json.JsonElement.Parse(result.Output).GetProperty("totals").GetRawText().Replace(" ", "").ReplaceLineEndings(""));
    }
}
