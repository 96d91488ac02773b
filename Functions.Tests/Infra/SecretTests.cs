using System.Text.RegularExpressions;

namespace ServerlessChat.Tests.Infra;

/// <summary>No secret passes through a deployment, and where keys exist they open nothing.</summary>
public sealed partial class SecretTests
{
    [Fact]
    public async Task No_Secret_Is_In_A_Default_An_Output_Or_A_Call()
    {
        foreach ((string path, BicepFile file) in await InfraFiles.Bicep)
        {
            Assert.DoesNotMatch(@"listKeys|listCredentials|listAccountSas|AccountKey=|newGuid\(", file.Source);
            Assert.DoesNotMatch("(?i)@secure|param \\w*(secret|password|connectionString)", file.Source);
            Assert.All(file.Outputs, o => Assert.False(Secret().IsMatch(o.Key) || Secret().IsMatch(o.Value), $"{path}: {o.Key}"));
            Assert.All(file.Parameters.Where(p => p.Default is not null), p => Assert.DoesNotMatch("[A-Za-z0-9+/_-]{24,}", p.Default!));
        }
    }

    [Fact]
    public async Task Keys_Open_Nothing()
    {
        IReadOnlyDictionary<string, BicepFile> files = await InfraFiles.Bicep;

        Assert.False(files["modules/storage.bicep"].Resource("storage").Properties.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(files["modules/storage.bicep"].Resource("storage").Properties.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.True(files["modules/webpubsub.bicep"].Resource("webPubSub").Properties.GetProperty("disableLocalAuth").GetBoolean());
        Assert.Equal("SystemAssigned", files["modules/webpubsub.bicep"].Resource("webPubSub").Body.At("identity", "type").GetString());
        Assert.True(files["modules/monitoring.bicep"].Resource("insights").Properties.GetProperty("DisableLocalAuth").GetBoolean());
        Assert.True(files["modules/vault.bicep"].Resource("vault").Properties.GetProperty("enableRbacAuthorization").GetBoolean());
        Assert.True(files["modules/vault.bicep"].Resource("vault").Properties.GetProperty("enablePurgeProtection").GetBoolean());
        Assert.True(files["modules/functionapp.bicep"].Resource("app").Properties.GetProperty("httpsOnly").GetBoolean());
    }

    [GeneratedRegex("(?i)secret|password|connectionstring|accesskey|instrumentationkey", RegexOptions.NonBacktracking)]
    private static partial Regex Secret();
}
