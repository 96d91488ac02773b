using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServerlessChat.Hosting;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Hosting;

/// <summary>The pages and the sample say what the code says.</summary>
public sealed partial class DocumentationTests(AzuriteFixture azurite)
{
    /// <summary>Read by the Functions host, its tools or ASP.NET Core, and of use to who copies the sample.</summary>
    private static readonly string[] OfOthers = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage", "ASPNETCORE_ENVIRONMENT"];

    [Fact]
    public void The_Page_Of_Errors_Has_The_Rows_Of_The_Table_In_Code()
    {
        IEnumerable<string> rows = ErrorRow().Matches(Repository.Read("docs/errors.md")).Select(m => m.Groups["row"].Value);
        Assert.Equal(Errors.All.Select(e => $"`{e.Code}` | {e.Status} | {e.Title} | {(e.Retry ? "yes" : "no")}"), rows);
    }

    [Fact]
    public void Every_Kind_Of_Error_Is_In_The_Table_Once()
    {
        IEnumerable<ErrorKind> kinds = typeof(Errors).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<ErrorKind>();
        Assert.Equal(kinds.Select(k => k.Code).Order(), Errors.All.Select(k => k.Code).Order());
        Assert.Equal(Errors.All.Select(k => k.Status).Order(), Errors.All.Select(k => k.Status));
        Assert.Equal(Errors.All.Count, Errors.All.Select(k => k.Code).Distinct().Count());
    }

    [Fact]
    public void The_Sample_And_The_Page_Have_Every_Setting_That_The_App_Reads_And_No_Other()
    {
        string[] read = [.. Settings().Select(s => s.Name).Concat(OfOthers).Order(StringComparer.Ordinal)];
        string page = Repository.Read("docs/configuration.md");
        string table = page[..page.IndexOf("\n## ", StringComparison.Ordinal)];

        Assert.Equal(read, Sample().Keys.Order(StringComparer.Ordinal));
        Assert.Equal(read, SettingRow().Matches(table).Select(m => m.Groups["name"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_Sample_And_The_Page_Have_The_Codes_Defaults()
    {
        Dictionary<string, string> sample = Sample();
        Dictionary<string, string> page = SettingRow().Matches(Repository.Read("docs/configuration.md")).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["default"].Value);
        foreach ((string name, string value) in Settings().Where(s => s.Default.Length > 0))
        {
            Assert.Equal((name, value), (name, sample[name]));
            Assert.Equal((name, value), (name, page[name]));
        }
    }

    [Fact]
    public async Task The_Sample_As_It_Is_Starts_The_App_In_Development()
    {
        string folder = Directory.CreateTempSubdirectory("chat-sample-").FullName;
        Dictionary<string, string?> settings = Sample().ToDictionary(s => s.Key.Replace("__", ":"), s => (string?)s.Value);
        settings["Tables:ConnectionString"] = azurite.NewConnectionString();
        settings["Tokens:DevelopmentKeyFile"] = Path.Combine(folder, "token-key");
        await using (ChatHost host = await ChatHost.StartAsync(settings["Tables:ConnectionString"]!, new ChatHostOptions
        {
            Environment = settings["ASPNETCORE_ENVIRONMENT"]!,
            Settings = settings,
        }))
        {
            ChatUser user = await host.SignedInAsync();
            Assert.Equal(200, (await user.GetAsync("/chat/profile/")).Status);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Dictionary<string, string> Sample() => JsonElement.Parse(Repository.Read("local.settings.sample.json"))
        .GetProperty("Values").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);

    /// <summary>Of every options class: a public class …Options with a constant Section.</summary>
    private static IEnumerable<(string Name, string Default)> Settings() => typeof(Program).Assembly.GetTypes()
        .Where(t => t.Name.EndsWith("Options", StringComparison.Ordinal) && t.GetField("Section") is not null)
        .SelectMany(t => Settings(t, (string)t.GetField("Section")!.GetRawConstantValue()!));

    private static IEnumerable<(string Name, string Default)> Settings(Type type, string prefix)
    {
        object defaults = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in type.GetProperties())
        {
            string name = $"{prefix}__{property.Name}";
            if (property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)))
            {
                foreach ((string, string) item in Settings(property.PropertyType.GetGenericArguments()[0], $"{name}__0"))
                {
                    yield return item;
                }
            }
            else
            {
                yield return (name, property.GetValue(defaults)?.ToString() ?? "");
            }
        }
    }

    [GeneratedRegex(@"^\| (?<row>`\w+` \| \d+ \| .* \| (yes|no)) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ErrorRow();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| (`(?<default>[^`]*)`|–) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex SettingRow();
}
