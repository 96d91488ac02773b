using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests;

/// <summary>What the fixture promises to every other test.</summary>
public sealed class ChatHostTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_User_Signed_In_On_One_Host_Is_Signed_In_On_Another_Over_The_Same_Storage()
    {
        string storage = azurite.NewConnectionString();
        await using ChatHost one = await ChatHost.StartAsync(storage);
        await using ChatHost two = await ChatHost.StartAsync(storage);

        ChatUser user = await one.SignedInAsync();
        ApiAnswer profile = await two.SignedIn(user.Token).GetJsonAsync("/chat/profile/");

        Assert.Equal(200, profile.Status);
        Assert.Equal(user.Username, profile.Json.GetProperty("username").GetString());
    }
}
