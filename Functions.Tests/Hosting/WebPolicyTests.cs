using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Hosting;

/// <summary>What the page may do in a browser.</summary>
public sealed class WebPolicyTests(WebHost web, AzuriteFixture azurite) : IClassFixture<WebHost>
{
    private const string Key = "Zm9yIHRlc3RzIG9ubHkgZm9yIHRlc3RzIG9ubHkgISE=";

    [Fact]
    public async Task The_Page_Runs_What_Is_Its_Own_And_Nothing_Else()
    {
        ApiAnswer page = await web.Host.Anonymous().GetJsonAsync("/");

        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
            Assert.Single(page.Headers["Content-Security-Policy"]));
        Assert.Equal("same-origin", page.Header("Cross-Origin-Opener-Policy"));
        string features = page.Header("Permissions-Policy")!;
        Assert.All(["camera", "microphone", "geolocation", "display-capture", "payment", "usb"], name => Assert.Contains($"{name}=()", features, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData($"Endpoint=https://chat.webpubsub.azure.com;AccessKey={Key};Version=1.0;", "wss://chat.webpubsub.azure.com")]
    [InlineData($"Endpoint=https://chat.webpubsub.azure.com/;AccessKey={Key};Version=1.0;", "wss://chat.webpubsub.azure.com")]
    [InlineData($"Endpoint=https://chat.example.org:8443;AccessKey={Key};Version=1.0;", "wss://chat.example.org:8443")]
    [InlineData($"Endpoint=http://localhost;Port=8080;AccessKey={Key};Version=1.0;", "ws://localhost:8080")]
    [InlineData($"Endpoint=https://گفتگو.example;AccessKey={Key};Version=1.0;", "wss://xn--pgb9bwa32bc.example")]
    public async Task It_May_Open_Sockets_Where_Negotiation_Leads(string connectionString, string origin)
    {
        using var build = WebBuild.Create();
        await using ChatHost host = await WebHost.StartAsync(azurite, build.Folder, ("WebPubSub:ConnectionString", connectionString));
        ChatUser user = await host.SignedInAsync();

        ApiAnswer page = await host.Anonymous().GetJsonAsync("/");
        ApiAnswer negotiated = await user.GetAsync($"/ws/notifications/{user.Username}/");

        Assert.Contains($" connect-src 'self' {origin}; ", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        var url = new Uri(negotiated.Json.GetProperty("url").GetString()!);
        Assert.Equal(origin, $"{url.Scheme}://{url.IdnHost}{(url.IsDefaultPort ? "" : $":{url.Port}")}");
    }

    [Fact]
    public async Task With_An_Identity_They_Lead_To_The_Endpoint()
    {
        using var build = WebBuild.Create();
        await using ChatHost host = await WebHost.StartAsync(
            azurite,
            build.Folder,
            ("WebPubSub:Endpoint", "https://chat.webpubsub.azure.com/"),
            ("WebPubSub:EventAuthority", "https://login.microsoftonline.com/tenant/v2.0"),
            ("WebPubSub:EventAudience", "audience"),
            ("WebPubSub:EventCaller", "caller"));

        ApiAnswer page = await host.Anonymous().GetJsonAsync("/");

        Assert.Contains(" connect-src 'self' wss://chat.webpubsub.azure.com; ", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WebHost.Script)]
    [InlineData("/favicon.svg")]
    public async Task Any_Other_File_Opened_By_Itself_May_Do_Nothing(string path)
    {
        ApiAnswer file = await web.Host.Anonymous().GetJsonAsync(path);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Assert.Single(file.Headers["Content-Security-Policy"]));
    }
}
