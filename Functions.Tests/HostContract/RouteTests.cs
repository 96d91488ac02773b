using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using ServerlessChat.Hosting;
using ServerlessChat.Tests.HostContract.Host;

namespace ServerlessChat.Tests.HostContract;

/// <summary>What the host reads in the package, and what it lets through.</summary>
public sealed class RouteTests : IAsyncLifetime
{
    private ScriptRoot _root = null!;

    public async ValueTask InitializeAsync() => _root = ScriptRoot.Read(await Package.FolderAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Method, address, and the function whose name the telemetry will show.</summary>
    public static TheoryData<string, string, string> Requests()
    {
        using WebApplication app = Program.Build([]);
        var requests = new TheoryData<string, string, string>();
        foreach (RouteEndpoint endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<TimerFunctionMetadata>() is null)
            {
                string route = string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p is RoutePatternLiteralPart l ? l.Content : "گروه"))));
                string name = endpoint.Metadata.GetMetadata<WebFunctionMetadata>() is not null ? "zz-web" : "";
                foreach (string method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
                {
                    requests.Add(method, "/" + route, name);
                }
            }
        }

        return requests;
    }

    [Fact]
    public void The_Host_Puts_No_Function_In_Error()
    {
        Assert.Empty(_root.Errors);
        using WebApplication app = Program.Build([]);
        Assert.Equal(FunctionFiles.Of(app).Keys.Order(StringComparer.Ordinal), _root.Functions.Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.All(_root.Functions.Where(f => f.Schedule is null), f => Assert.Equal("anonymous", f.AuthLevel));
        Assert.Equal("0 */5 * * * *", _root.Functions.Single(f => f.Name is "sweep").Schedule);
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public void Every_Mapped_Address_Is_Let_Through_With_The_Last_Slash_Or_Without(string method, string path, string function)
    {
        foreach (string address in new[] { path, path.TrimEnd('/') + "/" })
        {
            HostFunction? found = _root.Find(method, address);
            Assert.True(found is not null, $"{method} {address}: no function takes it.");
            Assert.Equal(function is "zz-web", found.Name is "zz-web");
        }
    }

    [Theory]
    [InlineData("POST", "/sweep")]
    [InlineData("POST", "/sweep/")]
    [InlineData("POST", "/SWEEP")]
    [InlineData("PUT", "/sweep")]
    [InlineData("POST", "/zz-web")]
    [InlineData("POST", "/chat-login")]
    [InlineData("DELETE", "/anything")]
    public void No_Function_Gives_A_Functions_Own_Address_Away(string method, string path) => Assert.Null(_root.Find(method, path));

    [Fact]
    public async Task A_Package_That_Lacks_A_Function_Or_Has_A_Wrong_One_Is_Noticed()
    {
        string copy = await CopyAsync();
        try
        {
            Directory.Delete(Path.Combine(copy, "chat-login"), recursive: true);
            Change(copy, "chat-register", "httpTrigger", "blobTrigger");
            Change(copy, "chat-profile", "\"chat/profile\"", "\"admin/profile\"");
            Change(copy, "chat-logout", "anonymous", "function");
            Change(copy, "sweep", "0 */5 * * * *", "*/5 * * * *");
            File.WriteAllText(Path.Combine(copy, "chat", "run.js"), "");

            ScriptRoot wrong = ScriptRoot.Read(copy);

            Assert.Equal(["chat", "chat-profile", "chat-register", "sweep"], wrong.Errors.Select(e => e.Split(' ')[0]));
            Assert.Null(wrong.Find("POST", "/chat/login/"));
            Assert.Null(wrong.Find("POST", "/chat/register/"));
            Assert.NotEqual("chat-profile", wrong.Find("GET", "/chat/profile/")?.Name);
            Assert.Equal("function", wrong.Find("POST", "/chat/logout/")!.AuthLevel);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    /// <summary>What the host reads at its start, without the program's own files.</summary>
    private async Task<string> CopyAsync()
    {
        string copy = Directory.CreateTempSubdirectory("chat-package-").FullName;
        await File.WriteAllTextAsync(Path.Combine(copy, Path.GetFileName(_root.Program)), "", TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(_root.Folder, "host.json"), Path.Combine(copy, "host.json"));
        foreach (HostFunction function in _root.Functions)
        {
            Directory.CreateDirectory(Path.Combine(copy, function.Name));
            File.Copy(Path.Combine(_root.Folder, function.Name, "function.json"), Path.Combine(copy, function.Name, "function.json"));
        }

        return copy;
    }

    private static void Change(string folder, string function, string text, string other)
    {
        string file = Path.Combine(folder, function, "function.json");
        string before = File.ReadAllText(file);
        Assert.Contains(text, before, StringComparison.Ordinal);
        File.WriteAllText(file, before.Replace(text, other, StringComparison.Ordinal));
    }
}
