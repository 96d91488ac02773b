using System.Text.Json;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Hosting;

/// <summary>The process as the Functions host starts it.</summary>
public sealed class StartTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("Tables__ConnectionString", "", "Tables__ConnectionString")]
    [InlineData("Tables__ServiceUri", "https://example.table.core.windows.net", "Tables__ServiceUri")]
    [InlineData("Tables__ConnectionString", "nonsense", "Tables__ConnectionString")]
    [InlineData("Tables__ConnectionString", "AccountName=a;AccountKey=dG9vIHNob3J0;TableEndpoint=nowhere", "Tables__ConnectionString")]
    [InlineData("Tokens__Keys__0__Secret", "dG9vIHNob3J0", "Tokens__Keys__0__Secret")]
    [InlineData("FUNCTIONS_CUSTOMHANDLER_PORT", "many", "FUNCTIONS_CUSTOMHANDLER_PORT")]
    [InlineData("Hosting__RequestTimeout", "01:00:00", "RequestTimeout")]
    [InlineData("Hosting__RequestTimeout", "soon", "Hosting:RequestTimeout")]
    public async Task A_Setting_That_Can_Not_Be_Used_Stops_The_Start_With_One_Line_That_Names_It(string name, string value, string named)
    {
        await using FunctionApp app = FunctionApp.Start([.. Settings(azurite.NewConnectionString()), (name, value)]);

        (int code, string errors) = await app.WaitForExitAsync();

        Assert.Equal(1, code);
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("The function app can't start: ", line, StringComparison.Ordinal);
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.DoesNotContain("dG9vIHNob3J0", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_The_Functions_Host_It_Listens_On_The_Hosts_Port_Logs_Lines_Of_Json_And_Asks_To_Be_Started_Again()
    {
        string storage = azurite.NewConnectionString();
        await using FunctionApp app = FunctionApp.Start(
            [.. Settings(storage), ("ASPNETCORE_URLS", "http://0.0.0.0:1"), ("FUNCTIONS_CUSTOMHANDLER_WORKER_ID", "w"), ("Logging__LogLevel__Default", "Debug")]);
        string listening = await app.WaitForLineAsync("Now listening on: ");
        var address = new Uri(JsonElement.Parse(listening).GetProperty("State").GetProperty("address").GetString()!);

        using var client = new HttpClient { BaseAddress = address };
        Assert.Equal(200, (await client.GetJsonAsync("/")).Status);
        ApiAnswer registered = await client.PostJsonAsync("/chat/register/", new { username = "سارا", password1 = "salam-donya-42", password2 = "salam-donya-42" });
        ApiAnswer profile = await client.GetJsonAsync("/chat/profile/?token=token-in-the-query");
        await app.StopAsync();
        (int code, string errors) = await app.WaitForExitAsync();

        Assert.Equal("127.0.0.1", address.Host);
        Assert.Equal(201, registered.Status);
        Assert.Equal(401, profile.Status);
        Assert.Equal((OperatingSystem.IsWindows() ? -1 : 200, ""), (code, errors));
        Assert.All(app.Lines, line => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind));
        string[] secrets = ["salam-donya-42", "token-in-the-query", TestKeys.TokenKey, TestKeys.AccountKey(storage)];
        Assert.DoesNotContain(app.Lines, line => secrets.Any(s => line.Contains(s, StringComparison.Ordinal)));
    }

    private static (string Name, string Value)[] Settings(string connectionString) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("FUNCTIONS_CUSTOMHANDLER_PORT", "0"),
        ("Tables__ConnectionString", connectionString),
        ("Tokens__Keys__0__Id", "test"),
        ("Tokens__Keys__0__Secret", TestKeys.TokenKey),
    ];
}
