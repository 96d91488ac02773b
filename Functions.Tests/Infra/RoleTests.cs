using System.Text.Json;

namespace ServerlessChat.Tests.Infra;

/// <summary>Roles go by name in the pages and by id in Azure; the ids are those of Azure's built-in roles.</summary>
public sealed class RoleTests
{
    /// <summary>From Azure's list of built-in roles.</summary>
    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.Ordinal)
    {
        ["Key Vault Secrets Officer"] = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
        ["Key Vault Secrets User"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["Monitoring Metrics Publisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["Storage Blob Data Owner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["Storage Table Data Contributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["Web PubSub Service Owner"] = "12cf5a90-567b-43ae-8102-96cf46c7d9b4",
    };

    [Fact]
    public async Task Each_Name_Has_Azures_Id()
    {
        JsonElement ids = (await InfraFiles.BicepAsync("modules/roles.bicep")).Variable("roleIds");
        Assert.Equal(BuiltIn.OrderBy(r => r.Key, StringComparer.Ordinal), ids.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!).OrderBy(r => r.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Storage Blob Data Owner", "storage", "principalId")]
    [InlineData("Storage Table Data Contributor", "storage", "principalId")]
    [InlineData("Web PubSub Service Owner", "webPubSub", "principalId")]
    [InlineData("Key Vault Secrets User", "vault", "principalId")]
    [InlineData("Monitoring Metrics Publisher", "insights", "principalId")]
    [InlineData("Key Vault Secrets Officer", "vault", "deployerId")]
    public async Task Each_Is_Given_Once_Where_It_Is_Needed_And_To_Whom(string role, string scope, string principal)
    {
        BicepFile file = await InfraFiles.BicepAsync("modules/roles.bicep");
        string id = $"roleIds['{role}']";

        BicepResource given = Assert.Single(file.Resources, r => !r.IsExisting && r.Properties.GetProperty("roleDefinitionId").SourceText().Contains(id, StringComparison.Ordinal));

        Assert.Equal(scope, given.Body.GetProperty("scope").SourceText());
        Assert.Equal(principal, given.Properties.GetProperty("principalId").SourceText());
        Assert.Equal($"guid({scope}.id, {principal}, {id})", given.Body.GetProperty("name").SourceText());
        Assert.Equal($"subscriptionResourceId('Microsoft.Authorization/roleDefinitions', {id})", given.Properties.GetProperty("roleDefinitionId").SourceText());
    }

    [Fact]
    public async Task None_Is_Given_Besides() =>
        Assert.Equal(BuiltIn.Count, (await InfraFiles.BicepAsync("modules/roles.bicep")).Resources.Count(r => !r.IsExisting));

    [Theory]
    [InlineData("Storage Table Data Contributor")]
    [InlineData("Web PubSub Service Owner")]
    public void The_Pages_Name_The_Roles_That_The_App_Needs(string role)
    {
        Assert.Contains($"*{role}*", Repository.Read("docs/configuration.md"), StringComparison.Ordinal);
        Assert.Contains(role, BuiltIn.Keys);
    }
}
