using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>Blocking somebody, as both see it.</summary>
public sealed class BlockPageTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    [Theory]
    [InlineData("en", 1280)]
    [InlineData("fa", 390)]
    public async Task Who_Is_Blocked_Is_Told_And_Can_Write_Again_Once_The_Block_Is_Lifted(string language, int width)
    {
        Person bob = await Chain.SignedInAsync(new PersonOptions(language, Width: width));
        Person sara = await Chain.SignedInAsync(new PersonOptions("fa", Failures: true), Rooms.NewName("سارا"));
        await sara.User.PostAsync($"/chat/private/{bob.User.Username}/", new { message = "سلام" }).Is(201);
        await bob.GoAsync("private", sara.User.Username);
        await sara.GoAsync("private", bob.User.Username);

        await bob.Page.Locator("summary").ClickAsync();
        await bob.PressAsync(bob.Say("Block", "مسدود کردن"));
        await bob.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = bob.Say("Block", "مسدود کردن"), Exact = true }).ClickAsync();
        await bob.Page.Locator(".banner", new() { HasText = bob.Say("You have blocked this person.", "این شخص را مسدود کرده‌اید.") }).WaitForAsync();
        Assert.Equal(0, await bob.Page.Locator(".composer textarea").CountAsync());
        await AccessibilityTests.CheckAsync(bob, "a blocked chat");

        await sara.WriteAsync("آنجایی؟");
        ILocator failed = sara.Page.Locator(".pending[data-state=failed]", new() { HasText = "آنجایی؟" });
        await failed.GetByText("این شخص از شما پیام نمی‌پذیرد.").WaitForAsync();

        await bob.Page.EvaluateAsync("() => { location.hash = '#/profile'; }");
        await bob.Page.Locator("summary", new() { HasText = bob.Say("Blocked people", "افراد مسدود") }).ClickAsync();
        await bob.Page.Locator(".members li", new() { HasText = sara.User.Username }).WaitForAsync();
        await AccessibilityTests.CheckAsync(bob, "the list of blocks");
        await bob.PressAsync(bob.Say($"Unblock {sara.User.Username}", $"رفع مسدودی {sara.User.Username}"));
        await bob.Page.GetByText(bob.Say("You have blocked nobody.", "کسی را مسدود نکرده‌اید.")).WaitForAsync();

        await failed.GetByRole(AriaRole.Button, new() { Name = "فرستادن دوباره" }).ClickAsync();
        await bob.GoAsync("private", sara.User.Username);
        await bob.SeeAsync("آنجایی؟");
    }
}
