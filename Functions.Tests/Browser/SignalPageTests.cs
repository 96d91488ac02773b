using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>Who has read, who is writing and who is online, as people see it of each other.</summary>
public sealed class SignalPageTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    [Theory]
    [InlineData("en", 1280)]
    [InlineData("fa", 390)]
    public async Task In_Private_Each_Sees_The_Other_Come_Write_Read_And_Go(string language, int width)
    {
        Person bob = await Chain.SignedInAsync(new PersonOptions(language, Width: width));
        ChatUser user = await Chain.Host.SignedInAsync(Rooms.NewName("سارا"));
        await user.PostAsync($"/chat/private/{bob.User.Username}/", new { message = "سلام" }).Is(201);
        await bob.GoAsync("private", user.Username);
        await bob.SeeAsync("سلام");
        ILocator online = bob.Page.Locator(".live", new() { HasText = bob.Say("online", "برخط") });
        Assert.Equal(0, await online.CountAsync());

        Person sara = await Chain.OpenAsync(new PersonOptions("fa"));
        await sara.LogInAsync(user);
        await online.WaitForAsync();
        await bob.WriteAsync("خواندی؟");
        await bob.SeeAsync("خواندی؟");
        ILocator seen = bob.Page.Locator(".message .seen", new() { HasText = bob.Say("Seen", "دیده شد") });
        Assert.Equal(0, await seen.CountAsync()); // Her page is open, the chat is not.
        await sara.GoAsync("private", bob.User.Username);
        await seen.WaitForAsync();
        await sara.Page.Locator(".composer textarea").PressSequentiallyAsync("در حال");
        await bob.Page.Locator(".live", new() { HasText = bob.Say("is typing…", "می‌نویسد…") }).WaitForAsync();
        await AccessibilityTests.CheckAsync(bob, "a private chat with signals");

        await bob.Page.ReloadAsync();
        await seen.WaitForAsync();
        await online.WaitForAsync();
        await sara.CloseAsync();
        await online.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fa")]
    public async Task In_A_Group_It_Is_Said_How_Many_Have_Read_And_Who_Is_There(string language)
    {
        Person bob = await Chain.SignedInAsync(new PersonOptions(language));
        Person sara = await Chain.SignedInAsync(new PersonOptions("fa"), Rooms.NewName("سارا"));
        ChatUser mina = await Chain.Host.SignedInAsync();
        Room room = await bob.User.OpenAsync();
        await room.AddAsync(sara.User);
        await room.AddAsync(mina);
        await bob.GoAsync("group", room.Slug);
        await bob.WriteAsync("سلام");
        await bob.SeeAsync("سلام");
        await sara.GoAsync("group", room.Slug);
        await bob.Page.Locator(".message .seen", new() { HasText = bob.Say("Seen by 1", "۱ نفر دیده‌اند") }).WaitForAsync();
        await mina.PostAsync($"{room.Path}read/", new { id = 1 }).Is(204);
        await bob.Page.Locator(".message .seen", new() { HasText = bob.Say("Seen by 2", "۲ نفر دیده‌اند") }).WaitForAsync();
        await mina.PostAsync($"{room.Path}typing/").Is(204);
        await bob.Page.Locator(".live", new() { HasText = mina.Username }).WaitForAsync();

        await bob.Page.Locator("summary").ClickAsync();
        await bob.PressAsync(bob.Say("Members", "اعضا"));
        ILocator online = bob.Page.Locator(".members li", new() { Has = bob.Page.Locator(".live") });
        await online.Filter(new() { HasText = sara.User.Username }).WaitForAsync();
        Assert.Equal(0, await online.Filter(new() { HasText = mina.Username }).CountAsync());
        await AccessibilityTests.CheckAsync(bob, "members with presence");
    }
}
