using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessChat.Tests.Infra;

/// <summary>The page of costs computes; here it is computed again.</summary>
public sealed partial class CostsTests
{
    [Fact]
    public void Every_Product_And_Quotient_Is_Right_To_The_Last_Digit_Shown()
    {
        Match[] sums = [.. Sum().Matches(Repository.Read("docs/costs.md")).Cast<Match>()];

        Assert.InRange(sums.Length, 25, 100);
        Assert.All(sums, sum =>
        {
            decimal result = sum.Groups["factor"].Captures.Zip(sum.Groups["sign"].Captures.Select(c => c.Value))
                .Aggregate(Number(sum.Groups["first"].Value), (product, next) => next.Second is "×" ? product * Number(next.First.Value) : product / Number(next.First.Value));
            string shown = sum.Groups["result"].Value;
            int digits = shown.Contains('.', StringComparison.Ordinal) ? shown.Length - shown.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            Assert.True(Math.Round(result, digits, MidpointRounding.AwayFromZero) == Number(shown), $"{sum.Value}: it is {result}");
        });
    }

    [Theory]
    [InlineData("with `Free_F1`")]
    [InlineData("with `Standard_S1`")]
    public void The_Idle_Table_Adds_Up(string total)
    {
        string page = Repository.Read("docs/costs.md");
        string rows = page[page.IndexOf("## Idle", StringComparison.Ordinal)..page.IndexOf($"| **{total}**", StringComparison.Ordinal)];
        decimal sum = LastCell().Matches(rows).Sum(m => Number(m.Groups["usd"].Value));
        Assert.Contains($"| **{total}** | | **{sum}** |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_Million_Messages_Add_Up_Either_Way()
    {
        string page = Repository.Read("docs/costs.md");
        string rows = page[page.IndexOf("## One million", StringComparison.Ordinal)..page.IndexOf("| **together", StringComparison.Ordinal)];
        decimal sum = LastCell().Matches(rows).Sum(m => Number(m.Groups["usd"].Value));
        Assert.Contains($"| **together, beside idle** | | **{sum - 10.40m} to {sum}** |", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("| a message by socket | 1 batch;", "table operations: 1 batch a message")]
    [InlineData("| a message by HTTP to a group | 1 batch + 1 read", "one more read each")]
    [InlineData("| login | 1 query + 1 batch |", "login 2,")]
    [InlineData("| dashboard | 1 query + 1 read per chat, in parallel, + 4 directory queries", "dashboard 15 (1 query, 10 reads, 4 directory queries)")]
    public void The_Operations_Are_Those_That_Are_Counted(string counted, string computed)
    {
        Assert.Contains(counted, Repository.Read("docs/architecture.md"), StringComparison.Ordinal);
        Assert.Contains(computed, Repository.Read("docs/costs.md"), StringComparison.Ordinal);
    }

    /// <summary>A rule has a price for each value of its dimension that it watches.</summary>
    [Fact]
    public async Task Alerts_Are_Paid_By_What_They_Watch()
    {
        int series = (await InfraFiles.BicepAsync("modules/alerts.bicep")).Resources
            .Where(r => r.Type.StartsWith("Microsoft.Insights/metricAlerts@", StringComparison.Ordinal))
            .Sum(r => Assert.Single(r.Properties.At("criteria", "allOf").EnumerateArray()) is var rule && rule.TryGetProperty("dimensions", out JsonElement dimensions)
                ? Assert.Single(dimensions.EnumerateArray()).GetProperty("values").GetArrayLength()
                : 1);
        Assert.Contains($"at most {series} series", Repository.Read("docs/costs.md"), StringComparison.Ordinal);
    }

    private static decimal Number(string text) => decimal.Parse(text.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<first>\d[\d,.]*)( (million|ten-thousands|GB))?( (?<sign>[×÷]) (?<factor>\d[\d,.]*\d|\d))+ = (?<result>\d[\d,]*(\.\d+)?)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Sum();

    [GeneratedRegex(@"^\|.*\| (?<usd>\d[\d,.]*)( [^|]*)? \|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex LastCell();
}
