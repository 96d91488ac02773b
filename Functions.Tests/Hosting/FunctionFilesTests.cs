using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using ServerlessChat.Hosting;

namespace ServerlessChat.Tests.Hosting;

/// <summary>What the Functions host learns about the app.</summary>
public sealed partial class FunctionFilesTests
{
    [Fact]
    public void Every_Route_Has_A_Function_And_Every_Function_A_Route()
    {
        using WebApplication app = Program.Build([]);

        IEnumerable<string> routes = Endpoints(app).Select(e => Template(e.RoutePattern.RawText!)).Distinct();
        IEnumerable<string> functions = FunctionFiles.Of(app).Select(f => f.Value.Bindings[0] switch
        {
            { Schedule: not null } => f.Key,
            { Route: "{*path}" } => "",
            var http => http.Route!,
        });

        Assert.Equal(routes.Order(StringComparer.Ordinal), functions.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_Host_Takes_Every_Name_And_Route()
    {
        using WebApplication app = Program.Build([]);
        foreach ((string name, FunctionFile file) in FunctionFiles.Of(app))
        {
            Assert.Matches("^[a-z][a-z0-9_-]{0,127}$", name);
            Assert.NotEqual("host", name);
            Assert.DoesNotMatch("^(admin|runtime)", file.Bindings[0].Route ?? "");
            Assert.DoesNotMatch("^/|/$|:", file.Bindings[0].Route ?? "");
        }
    }

    [Fact]
    public void No_Two_Routes_Tie_But_With_The_Web_Clients_Which_Comes_Last()
    {
        using WebApplication app = Program.Build([]);
        SortedDictionary<string, FunctionFile> files = FunctionFiles.Of(app);
        string[] routes = [.. files.Values.Select(f => f.Bindings[0].Route).OfType<string>().Where(r => r != "{*path}")];

        for (int i = 0; i < routes.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                // A fixed word beside a parameter is decided by the app; the host may take either function's name for it.
                Assert.False(Shape(routes[i]) == Shape(routes[j]), $"{routes[i]} and {routes[j]}");
            }
        }

        Assert.Equal("zz-web", files.Keys.Last());
        Assert.Equal(["get", "head"], files["zz-web"].Bindings[0].Methods!);
    }

    [Fact]
    public void The_Build_Wrote_The_Files_Beside_The_Program()
    {
        using WebApplication app = Program.Build([]);
        string folder = Path.GetDirectoryName(FunctionApp.Program)!;

        string[] written = [.. Directory.GetFiles(folder, "function.json", SearchOption.AllDirectories).Select(f => Path.GetFileName(Path.GetDirectoryName(f)!))];

        Assert.Equal(FunctionFiles.Of(app).Keys.Order(), written.Order());
        JsonElement host = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "host.json")));
        Assert.Equal("2.0", host.GetProperty("version").GetString());
        Assert.True(host.GetProperty("customHandler").GetProperty("enableProxyingHttpRequest").GetBoolean());
        Assert.Equal("Functions", host.GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString());
        Assert.Equal("", host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Contains(Directory.GetFiles(folder), f => Path.GetFileNameWithoutExtension(f) == "Functions" && Path.GetExtension(f) is "" or ".exe");
    }

    [Fact]
    public void Files_Say_What_The_Endpoints_Declare_And_Old_Ones_Go()
    {
        WebApplication app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/chat/group/{slug}/members/{id:long}/", () => "");
        app.MapPost("/chat/group/{slug}/members/{id:long}/", () => "").WithFunctionName("members");
        app.MapPost("/sweep", () => "").WithTimerFunction("sweep", "0 */5 * * * *");
        string folder = Directory.CreateTempSubdirectory("chat-functions-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "old"));
        File.WriteAllText(Path.Combine(folder, "old", "function.json"), "{}");
        Directory.CreateDirectory(Path.Combine(folder, "runtimes"));

        FunctionFiles.Write(FunctionFiles.Of(app), folder);

        Assert.Equal(["members", "runtimes", "sweep"], Directory.GetDirectories(folder).Select(Path.GetFileName).Order());
        JsonElement http = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "members", "function.json"))).GetProperty("bindings");
        Assert.Equal("""{"type":"httpTrigger","direction":"in","name":"request","authLevel":"anonymous","route":"chat/group/{slug}/members/{id}"}""", Compact(http[0]));
        Assert.Equal("""{"type":"http","direction":"out","name":"response"}""", Compact(http[1]));
        JsonElement timer = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "sweep", "function.json"))).GetProperty("bindings");
        Assert.Equal("""{"type":"timerTrigger","direction":"in","name":"timer","schedule":"0 */5 * * * *"}""", Compact(timer[0]));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("/admin-of-chat/", null)]
    [InlineData("/runtime/", null)]
    [InlineData("/chat/", "9lives")]
    [InlineData("/chat/", "host")]
    [InlineData("/chat/", "health")]
    public void What_The_Host_Would_Refuse_Stops_The_Build(string route, string? name)
    {
        WebApplication app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/health/", () => "");
        RouteHandlerBuilder endpoint = app.MapGet(route, () => "");
        if (name is not null)
        {
            endpoint.WithFunctionName(name);
        }

        Assert.Throws<InvalidOperationException>(() => FunctionFiles.Of(app));
    }

    private static IEnumerable<RouteEndpoint> Endpoints(IEndpointRouteBuilder app) => app.DataSources.SelectMany(s => s.Endpoints).Cast<RouteEndpoint>();

    private static string Template(string route) => Constraint().Replace(route.Trim('/'), "}");

    private static string Shape(string route) => Parameter().Replace(route, "{}");

    private static string Compact(JsonElement json) => json.GetRawText().ReplaceLineEndings("").Replace(" \"", "\"").Replace("\": ", "\":").Replace(" ", "").Replace("0*/5****", "0 */5 * * * *");

    [GeneratedRegex(@":[^}]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
