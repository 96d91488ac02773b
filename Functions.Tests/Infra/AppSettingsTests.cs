using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Tests.Infra;

/// <summary>The deployed app's settings: the app knows each of them, and starts with them alone.</summary>
public sealed class AppSettingsTests
{
    /// <summary>Read by the Functions host and by Azure's libraries.</summary>
    private static readonly string[] OfOthers =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AZURE_CLIENT_ID", "AzureWebJobsDisableHomepage",
        "AzureWebJobsStorage__accountName", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential",
    ];

    /// <summary>What Azure puts into the template's expressions.</summary>
    private static readonly Dictionary<string, string> InAzure = new(StringComparer.Ordinal)
    {
        ["eventAudience"] = "4f3c2b1a-0000-4000-8000-000000000001",
        ["pageOrigins"] = "https://chat.example.org,https://other.example.org",
        ["tokenKeyId"] = "token-key-2",
        ["previousTokenKeyId"] = "token-key-1",
        ["webPubSub.identity.principalId"] = "4f3c2b1a-0000-4000-8000-000000000002",
        ["'https://${webPubSub.properties.hostName}'"] = "https://wps-x.webpubsub.azure.com",
        ["'https://${storage.name}.table.${environment().suffixes.storage}'"] = "https://stx.table.core.windows.net",
        ["'${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'"] = "https://login.microsoftonline.com/4f3c2b1a-0000-4000-8000-000000000003/v2.0",
        ["'@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${tokenKeyId}/)'"] = TestKeys.TokenKey,
        ["'@Microsoft.KeyVault(SecretUri=${vault.properties.vaultUri}secrets/${previousTokenKeyId}/)'"] = TestKeys.TokenKey,
    };

    [Fact]
    public async Task Each_Is_Known_To_The_App_Or_To_The_Host()
    {
        string[] settings = [.. (await SettingsAsync()).Keys];
        string page = Repository.Read("docs/configuration.md");

        Assert.Equal(OfOthers.Order(StringComparer.Ordinal), settings.Where(s => !s.Contains("__", StringComparison.Ordinal) || s.StartsWith("AzureWebJobs", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(settings.Except(OfOthers), s => Assert.Contains($"| `{s.Replace("__1__", "__0__", StringComparison.Ordinal)}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_Production_Needs_By_The_Readme_Is_Set()
    {
        string readme = Repository.Read("README.md");
        string[] needed =
        [
            "Tables__ServiceUri", "WebPubSub__Endpoint", "WebPubSub__EventAuthority", "WebPubSub__EventAudience", "WebPubSub__EventCaller",
            "Tokens__Keys__0__Id", "Tokens__Keys__0__Secret",
        ];
        Dictionary<string, JsonElement> settings = await SettingsAsync();

        Assert.All(needed, s => Assert.Contains(s, settings.Keys));
        Assert.All(needed, s => Assert.Contains(s[s.LastIndexOf("__", StringComparison.Ordinal)..], readme, StringComparison.Ordinal));
        Assert.DoesNotContain(settings.Keys, s => s.Contains("ConnectionString", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_App_Starts_With_Them_And_Only_With_All_Of_Them()
    {
        Dictionary<string, string?> settings = await ValuesAsync();
        await StartAsync(settings);

        string[] optional = ["WebPubSub:SocketOrigins", "Tokens:Keys:1:Id", "Tokens:Keys:1:Secret"];
        foreach (string missing in settings.Keys.Except(optional))
        {
            Dictionary<string, string?> rest = settings.Where(s => s.Key != missing).ToDictionary();
            if (missing is "WebPubSub:Endpoint")
            {
                continue; // Without it the app starts, and has no sockets: that it is set is shown above.
            }

            await Assert.ThrowsAnyAsync<OptionsValidationException>(() => StartAsync(rest));
        }
    }

    [Fact]
    public async Task The_Tables_Are_The_Codes()
    {
        var tables = new ChatTables(new TableServiceClient("UseDevelopmentStorage=true"));
        string[] code = [.. typeof(ChatTables).GetProperties().Select(p => ((TableClient)p.GetValue(tables)!).Name)];

        Assert.NotEmpty(code);
        Assert.Equal(code.Order(), (await InfraFiles.BicepAsync("modules/storage.bicep")).Variable("tables").Strings().Order());
    }

    [Fact]
    public async Task The_Plan_And_The_Runtime_Are_What_The_Package_Is_Made_For()
    {
        BicepFile file = await InfraFiles.BicepAsync("modules/functionapp.bicep");
        JsonElement config = file.Resource("app").Properties.GetProperty("functionAppConfig");

        Assert.Equal(("custom", "1.0"), (config.At("runtime", "name").GetString(), config.At("runtime", "version").GetString()));
        Assert.Equal(512, config.At("scaleAndConcurrency", "instanceMemoryMB").GetInt32());
        Assert.Equal("maximumInstanceCount", config.At("scaleAndConcurrency", "maximumInstanceCount").SourceText());
        Assert.Equal("FC1", file.Resource("plan").Body.At("sku", "name").GetString());
        Assert.Contains("packageContainerName", config.At("deployment", "storage", "value").SourceText(), StringComparison.Ordinal);
        Assert.False(file.Resource("app").Properties.At("siteConfig", "cors", "supportCredentials").GetBoolean());
        Assert.Equal("identityId", file.Resource("app").Properties.GetProperty("keyVaultReferenceIdentity").SourceText());
        Assert.DoesNotMatch("FUNCTIONS_WORKER_RUNTIME|WEBSITE_RUN_FROM_PACKAGE|linuxFxVersion|ASPNETCORE_URLS", file.Source);
    }

    private static async Task StartAsync(Dictionary<string, string?> settings)
    {
        await using WebApplication app = Program.Build(["--environment=Production"], builder =>
        {
            builder.Configuration.Sources.Clear();
            builder.Configuration.AddInMemoryCollection(settings).AddInMemoryCollection([new("FUNCTIONS_CUSTOMHANDLER_PORT", "0"), new("Logging:LogLevel:Default", "None")]);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<Dictionary<string, JsonElement>> SettingsAsync()
    {
        BicepFile file = await InfraFiles.BicepAsync("modules/functionapp.bicep");
        Assert.Equal("empty(previousTokenKeyId) ? settings : union(settings, previousKey)", file.Resource("appSettings").Properties.SourceText());
        return file.Variable("settings").EnumerateObject().Concat(file.Variable("previousKey").EnumerateObject()).ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
    }

    /// <summary>The app's own, as it reads them from its environment.</summary>
    private static async Task<Dictionary<string, string?>> ValuesAsync() => (await SettingsAsync())
        .Where(s => !OfOthers.Contains(s.Key, StringComparer.Ordinal))
        .ToDictionary(s => s.Key.Replace("__", ":", StringComparison.Ordinal), s => (string?)InAzure[s.Value.SourceText()], StringComparer.Ordinal);
}
