using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>Several tabs of one person: one socket, one session, one truth.</summary>
public sealed class TabTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    [Fact]
    public async Task Two_Tabs_Share_One_Socket_And_Agree_And_One_Takes_Over()
    {
        Person bob = await Chain.SignedInAsync();
        ChatUser sara = await Chain.Host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await room.AddAsync(bob.User);
        await bob.Page.Locator($".chat[href='#/group/{room.Slug}']").WaitForAsync(); // Not the toast: the socket may open after the invitation.
        IPage second = await bob.NewTabAsync();
        int sockets = 0;
        second.WebSocket += (_, _) => Interlocked.Increment(ref sockets);
        await bob.GoAsync("group", room.Slug, second);

        await sara.SayAsync(room, "to both tabs").Is(201);
        await bob.SeeAsync("to both tabs", second);
        await bob.Page.Locator(".chat .preview", new() { HasText = "to both tabs" }).WaitForAsync();
        await second.BringToFrontAsync();
        await bob.UntilAsync("() => document.title === 'ServerlessChat'"); // Read in the second tab.
        Assert.Equal(0, sockets);

        await bob.Page.CloseAsync();
        await bob.UntilAsync("async () => (await navigator.locks.query()).held.some(lock => lock.name.startsWith('chat.socket.'))", second);
        await sara.SayAsync(room, "after the first is gone").Is(201);
        await bob.SeeAsync("after the first is gone", second);
        Assert.Equal([1, 2], (await bob.IdsAsync(second)).AsEnumerable());
        Assert.Equal(1, sockets);
    }

    [Fact]
    public async Task An_Expired_Access_Token_Is_Renewed_Silently_For_All_Tabs()
    {
        Person bob = await Chain.SignedInAsync();
        Room room = await bob.User.OpenAsync();
        IPage second = await bob.NewTabAsync();
        await bob.GoAsync("group", room.Slug);
        await bob.GoAsync("group", room.Slug, second);
        int renewals = 0;
        bob.Context.Request += (_, request) => renewals += request.Url.EndsWith("/chat/refresh/", StringComparison.Ordinal) ? 1 : 0;
        await bob.Page.EvaluateAsync(
            "() => localStorage.setItem('chat.session', JSON.stringify({ ...JSON.parse(localStorage.getItem('chat.session')), expiresAt: Date.now() - 1000 }))");

        await Task.WhenAll(WriteAsync(bob.Page, "from the first"), WriteAsync(second, "from the second"));
        await Task.WhenAll(bob.SeeAsync("from the second"), bob.SeeAsync("from the first", second));
        Assert.InRange(renewals, 1, 2); // A tab may learn late that the other has renewed; it then renews with the new token, which harms nothing.
    }

    [Fact]
    public async Task Logging_Out_In_One_Tab_Logs_Out_The_Other()
    {
        Person bob = await Chain.SignedInAsync();
        IPage second = await bob.NewTabAsync();
        await second.Locator(".shell").WaitForAsync();
        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "Profile" }).ClickAsync();
        await bob.PressAsync("Log out");
        await bob.Page.Locator(".access").WaitForAsync();
        await second.Locator(".access").WaitForAsync();
        await bob.Page.ReloadAsync();
        await bob.Page.Locator(".access").WaitForAsync();
    }

    private static async Task WriteAsync(IPage page, string text)
    {
        await page.Locator(".composer textarea").FillAsync(text);
        await page.Locator(".composer textarea").PressAsync("Enter");
    }
}
