using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>One column: what is opened takes the list's place, and the focus goes along.</summary>
public sealed class PhoneTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    private const string Focused = "() => document.activeElement?.textContent";
    private static readonly PersonOptions Phone = new("fa", Width: 390, Height: 700);

    [Fact]
    public async Task The_Focus_Goes_To_What_Is_Opened_And_Back_To_Its_Line()
    {
        Person bob = await Chain.SignedInAsync(Phone);
        Room room = await bob.User.OpenAsync();
        await bob.Page.ReloadAsync();
        string line = $".sidebar a[href='#/group/{room.Slug}']";
        await bob.Page.Locator(".sidebar a[href='#/profile']").ClickAsync();
        await bob.UntilAsync("() => document.activeElement?.matches('#content h2')");
        await bob.Page.GoBackAsync();
        await bob.UntilAsync("() => document.activeElement?.getAttribute('href') === '#/profile'");
        await bob.Page.Locator(line).ClickAsync();
        await bob.UntilAsync("() => document.activeElement?.matches('.composer textarea')");
        await bob.Page.Locator("summary").ClickAsync();
        await bob.PressAsync("اعضا");
        await bob.Page.Locator(".members li").First.WaitForAsync();
        await bob.Page.Keyboard.PressAsync("Escape");
        await bob.UntilAsync("() => document.activeElement?.matches('summary')");
        await bob.Page.Locator("#content .back").ClickAsync();
        await bob.UntilAsync($"() => document.activeElement?.matches(\"{line}\")");
        Assert.Contains(room.Slug, await bob.Page.EvaluateAsync<string>(Focused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Toast_Leaves_The_Composer_Free()
    {
        Person bob = await Chain.SignedInAsync(Phone);
        ChatUser sara = await Chain.Host.SignedInAsync();
        Room room = await bob.User.OpenAsync();
        await bob.GoAsync("group", room.Slug);
        await bob.BeLiveAsync();
        await sara.PostAsync($"/chat/private/{bob.User.Username}/", new { message = string.Concat(Enumerable.Repeat("long ", 100)) }).Is(201);
        LocatorBoundingBoxResult? toast = await bob.Page.Locator(".toast").BoundingBoxAsync();
        LocatorBoundingBoxResult? composer = await bob.Page.Locator(".composer").BoundingBoxAsync();
        Assert.NotNull(toast);
        Assert.NotNull(composer);
        Assert.True(toast.Y + toast.Height <= composer.Y, $"The toast ends at {toast.Y + toast.Height}, the composer begins at {composer.Y}.");
    }

    [Fact]
    public async Task A_Newcomer_Who_Followed_A_Link_Gets_There_And_Back_To_The_List()
    {
        Room room = await (await Chain.Host.SignedInAsync()).OpenAsync();
        Person bob = await Chain.OpenAsync(Phone);
        await bob.Page.EvaluateAsync("hash => { location.hash = hash; }", $"#/group/{room.Slug}");
        await bob.RegisterAsync(Rooms.NewName());
        await bob.Page.Locator(".composer textarea").WaitForAsync();
        await bob.Page.EvaluateAsync("() => { location.hash = '#/register'; }"); // As the browser's way back does.
        await bob.Page.Locator(".sidebar").WaitForAsync();
    }
}
