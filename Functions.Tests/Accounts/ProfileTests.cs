using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Accounts;

public sealed class ProfileTests(AzuriteFixture azurite)
{
    private readonly string _storage = azurite.NewConnectionString();

    [Fact]
    public async Task A_Change_Is_Kept_And_Shown_To_Others()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        ApiAnswer changed = await user.SendAsync(
            HttpMethod.Patch, "/chat/profile/", new { display_name = " \u0633\u0627\u0631\u0627 \U0001F33F ", bio = "\u0645\u06CC\u200C\u0631\u0648\u0645", language = "fa" });
        Assert.Equal(200, changed.Status);
        Assert.Equal("\u0633\u0627\u0631\u0627 \U0001F33F", changed.Json.GetProperty("display_name").GetString());
        Assert.Equal(changed.Body, (await user.GetAsync("/chat/profile/")).Body);

        ApiAnswer partly = await user.SendAsync(HttpMethod.Patch, "/chat/profile", new { language = (string?)null });
        Assert.Equal(System.Text.Json.JsonValueKind.Null, partly.Json.GetProperty("language").ValueKind);
        Assert.Equal("\u0645\u06CC\u200C\u0631\u0648\u0645", partly.Json.GetProperty("bio").GetString());

        ChatUser other = await host.SignedInAsync();
        Assert.Equal(partly.Body, (await other.GetAsync($"/chat/profile/{user.Username.ToUpperInvariant()}/")).Body);
    }

    [Fact]
    public async Task Nothing_Given_Changes_Nothing()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        string before = (await user.GetAsync("/chat/profile/")).Body;
        Assert.Equal(before, (await user.SendAsync(HttpMethod.Patch, "/chat/profile/", new { username = "someone", unknown = 1 })).Body);
        Assert.Equal(before, (await user.GetAsync("/chat/profile/")).Body);
    }

    [Fact]
    public async Task A_Bad_Field_Changes_Nothing()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        string before = (await user.GetAsync("/chat/profile/")).Body;
        ApiAnswer refused = await user.SendAsync(HttpMethod.Patch, "/chat/profile/", new { display_name = 5, bio = "good", language = "?" });
        Assert.Equal(400, refused.Status);
        Assert.Equal(["language", "display_name"], refused.ErrorFields);
        Assert.Equal(before, (await user.GetAsync("/chat/profile/")).Body);
    }

    [Fact]
    public async Task Names_That_Nobody_Has_Are_Not_Found()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        Assert.Equal("not_found", (await user.GetAsync($"/chat/profile/{AccountClient.NewName()}/")).Code);
        Assert.Equal("not_found", (await user.GetAsync("/chat/profile/a%20b/")).Code);
        Assert.Equal("not_found", (await user.GetAsync($"/chat/profile/{new string('x', 500)}/")).Code);
        Assert.Equal("not_found", (await user.GetAsync("/chat/profile/%D8%B9%2F%D9%84/")).Code);
    }

    [Fact]
    public async Task An_Erased_Account_Is_Not_Signed_In()
    {
        await using ChatHost host = await ChatHost.StartAsync(_storage);
        ChatUser user = await host.SignedInAsync();
        await user.EraseAsync();
        Assert.Equal("not_signed_in", (await user.GetAsync("/chat/profile/")).Code);
        Assert.Equal("not_signed_in", (await user.SendAsync(HttpMethod.Patch, "/chat/profile/", new { bio = "x" })).Code);
        Assert.Equal(204, (await user.PostAsync("/chat/logout/")).Status);
    }
}
