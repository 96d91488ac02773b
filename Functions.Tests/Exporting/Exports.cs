using System.Text.Json;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Exporting;

/// <summary>An answer of the export, read to its end.</summary>
internal sealed record ExportedLines(IReadOnlyList<JsonElement> Lines)
{
    public JsonElement Last => Lines[^1];

    public IEnumerable<JsonElement> Of(string type) => Lines.Where(line => line.Text("type") == type);

    public override string ToString() => string.Join('\n', Lines);
}

/// <summary>How tests ask for exports.</summary>
internal static class Exports
{
    public const string Path = "/chat/profile/export/";

    /// <summary>One answer, which ends as one that was not cut off does.</summary>
    public static async Task<ExportedLines> ExportAsync(this ChatUser user, string query = "")
    {
        ApiAnswer answer = await user.GetAsync(Path + query).Is(200);
        Assert.Equal("application/x-ndjson", answer.Header("Content-Type"));
        Assert.EndsWith("\n", answer.Body, StringComparison.Ordinal);
        ExportedLines export = new([.. answer.Body.Split('\n')[..^1].Select(line => JsonElement.Parse(line))]);
        Assert.True(export.Last.Text("type") is "end" or "more");
        Assert.Equal(export.Lines.Count - 1, export.Last.Number("lines"));
        return export;
    }

    /// <summary>The lines of all answers, asked for until there is no more.</summary>
    /// <param name="between">Runs between the first answer and the second.</param>
    public static async Task<ExportedLines> ExportAllAsync(this ChatUser user, Func<Task>? between = null)
    {
        List<JsonElement> lines = [];
        ExportedLines part = await user.ExportAsync();
        while (part.Last.Text("type") is "more")
        {
            lines.AddRange(part.Lines.SkipLast(1));
            string after = part.Last.Text("after")!;
            await (between?.Invoke() ?? Task.CompletedTask);
            between = null;
            part = await user.ExportAsync("?after=" + after);
            Assert.True(part.Last.Text("type") is "end" || part.Last.Text("after") != after, $"No further than {after}.");
        }

        return new ExportedLines([.. lines, .. part.Lines]);
    }
}
