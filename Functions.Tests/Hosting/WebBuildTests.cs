using System.Text.RegularExpressions;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Hosting;

/// <summary>The web client as it was really built, beside the app.</summary>
public sealed partial class WebBuildTests(AzuriteFixture azurite)
{
    private static readonly string Built = Path.Combine(Repository.Root, "Web", "dist");

    [Fact]
    public void The_App_Has_The_Files_Of_The_Build_And_No_Older_Ones()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Built, "index.html")), "The web client is not built; test.sh builds it.");

        Assert.Equal(Names(Built), Names(Path.Combine(Path.GetDirectoryName(FunctionApp.Program)!, "wwwroot")));
    }

    [Fact]
    public async Task Every_File_Has_An_Address_And_A_Type()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Built, "index.html")), "The web client is not built; test.sh builds it.");
        await using ChatHost host = await WebHost.StartAsync(azurite, Built);

        foreach (string name in Names(Built).Where(name => !name.EndsWith(".br", StringComparison.Ordinal) && !name.EndsWith(".gz", StringComparison.Ordinal)))
        {
            ApiAnswer answer = await host.Anonymous().GetJsonAsync(name is "index.html" ? "/" : $"/{name}");
            Assert.Equal((name, 200), (name, answer.Status));
            Assert.NotEqual((name, "application/octet-stream"), (name, answer.Header("Content-Type")));
        }
    }

    [Fact]
    public async Task The_Page_Asks_For_Nothing_That_Its_Policy_Forbids_And_What_It_Names_Is_There()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Built, "index.html")), "The web client is not built; test.sh builds it.");
        await using ChatHost host = await WebHost.StartAsync(azurite, Built);

        string page = (await host.Anonymous().GetJsonAsync("/")).Body;

        Assert.DoesNotMatch("<script(?![^>]*src=)|<style|\\sstyle=|\\son\\w+=|https?://", page);
        string[] named = [.. Address().Matches(page).Select(m => m.Groups["address"].Value)];
        Assert.NotEmpty(named);
        foreach (string address in named)
        {
            Assert.Equal((address, 200), (address, (await host.Anonymous().GetJsonAsync(address)).Status));
        }
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    [GeneratedRegex("(src|href)=\"(?<address>/[^\"]*)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
