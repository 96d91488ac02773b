using System.Reflection;
using System.Text.RegularExpressions;
using Emulator.Tests.Infrastructure;
using Xunit.v3;

namespace Emulator.Tests;

/// <summary>The readme's support matrix, held to the tests that it names.</summary>
public sealed partial class SupportMatrixTests
{
    [Fact]
    public async Task Every_Row_Names_Tests_That_Exist()
    {
        var readme = await File.ReadAllTextAsync(
            Path.Combine(NodeScript.SourceFolder, "..", "Emulator", "README.md"), TestContext.Current.CancellationToken);
        var section = readme.Split("## Support matrix")[1].Split("\n## ")[0];
        var rows = section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2).ToList();
        var tests = typeof(SupportMatrixTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes().OfType<IFactAttribute>().Any()).Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var named = TestName().Matches(row.Split('|')[^2]).Select(match => match.Groups["name"].Value).ToList();
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(name, tests));
        }
    }

    [GeneratedRegex("`(?<name>[A-Za-z]+[.][A-Za-z0-9_]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex TestName();
}
