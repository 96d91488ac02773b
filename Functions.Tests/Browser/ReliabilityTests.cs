using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>Whatever the network does, both see the same list in the end, and nothing twice.</summary>
public sealed class ReliabilityTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    private static readonly PersonOptions Failing = new(Failures: true);

    [Fact]
    public async Task Offline_For_Half_A_Minute_With_Messages_On_Both_Sides()
    {
        Person bob = await Chain.SignedInAsync(Failing with { FakeClock = true });
        Person sara = await Chain.SignedInAsync(new PersonOptions("fa"));
        Room room = await bob.User.OpenAsync();
        await Task.WhenAll(bob.GoAsync("group", room.Slug), sara.GoAsync("group", room.Slug));
        await sara.WriteAsync("before");
        await bob.SeeAsync("before");

        await bob.Context.SetOfflineAsync(true);
        await bob.WriteAsync("written offline 1");
        await bob.WriteAsync("written offline 2");
        await bob.Page.Locator(".banner").WaitForAsync();
        await bob.Page.Locator(".pending[data-state=waiting]").First.WaitForAsync();
        for (int i = 1; i <= 30; i++)
        {
            await sara.User.SayAsync(room, $"meanwhile {i}").Is(201);
        }

        await bob.Context.Clock.FastForwardAsync(30_000);
        Assert.Equal(2, await bob.Page.Locator(".pending").CountAsync());
        await bob.Context.SetOfflineAsync(false);

        await Task.WhenAll(bob.SeeAsync("written offline 2"), sara.SeeAsync("written offline 2"));
        await bob.Page.Locator(".banner").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await bob.UntilAsync("() => document.querySelectorAll('.message[data-id]').length === 33 && !document.querySelector('.pending')");
        string[] seen = [.. await bob.Messages.Locator(".text").AllTextContentsAsync()];
        await sara.UntilAsync("() => document.querySelectorAll('.message[data-id]').length === 33");
        Assert.Equal(seen, await sara.Messages.Locator(".text").AllTextContentsAsync());
        Assert.Equal(Enumerable.Range(1, 33), await bob.IdsAsync());
        Assert.Equal(["written offline 1", "written offline 2"], seen.Where(text => text.StartsWith("written", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_Was_Written_Offline_Survives_A_Reload()
    {
        Person bob = await Chain.SignedInAsync(Failing);
        Room room = await bob.User.OpenAsync();
        await bob.GoAsync("group", room.Slug);
        await bob.Page.RouteAsync("**/chat/group/**", route => route.Request.Method is "POST" ? route.AbortAsync() : route.ContinueAsync());
        await bob.WriteAsync("kept");
        await bob.Page.Locator(".pending[data-state=waiting]").WaitForAsync();
        await bob.Page.ReloadAsync();
        await bob.Page.Locator(".pending", new() { HasText = "kept" }).WaitForAsync();
        await bob.Page.UnrouteAsync("**/chat/group/**");
        await bob.SeeAsync("kept");
        Assert.Equal([1], (await bob.IdsAsync()).AsEnumerable());
    }

    [Fact]
    public async Task A_Send_Whose_Answer_Is_Lost_Is_Not_Doubled()
    {
        Person bob = await Chain.SignedInAsync(Failing);
        Room room = await bob.User.OpenAsync();
        await bob.GoAsync("group", room.Slug);
        int posts = 0;
        await bob.Page.RouteAsync($"**/chat/group/{room.Slug}/", async route =>
        {
            if (route.Request.Method is "POST" && Interlocked.Increment(ref posts) <= 2)
            {
                await route.FetchAsync();
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await bob.WriteAsync("once");
        await bob.SeeAsync("once");
        await bob.UntilAsync("() => !document.querySelector('.pending')");
        await bob.WriteAsync("twice");
        await bob.SeeAsync("twice");
        Assert.Equal([1, 2], (await bob.IdsAsync()).AsEnumerable());
    }

    [Fact]
    public async Task A_Send_That_Fails_Says_So_And_A_Retry_Sends_It_Once()
    {
        Person bob = await Chain.SignedInAsync(Failing with { Language = "fa" });
        Room room = await bob.User.OpenAsync();
        await bob.GoAsync("group", room.Slug);
        string address = $"**/chat/group/{room.Slug}/";
        await bob.Page.RouteAsync(address, route => route.Request.Method is "POST"
            ? route.FulfillAsync(new() { Status = 403, ContentType = "application/problem+json", Body = """{"code":"forbidden","status":403}""" })
            : route.ContinueAsync());
        await bob.WriteAsync("دوباره");
        await bob.Page.Locator(".pending[data-state=failed]", new() { HasText = "اجازهٔ این کار را ندارید" }).WaitForAsync();
        await bob.Page.UnrouteAsync(address);
        await bob.PressAsync("فرستادن دوباره");
        await bob.SeeAsync("دوباره");
        Assert.Equal([1], (await bob.IdsAsync()).AsEnumerable());
        Assert.Equal(0, await bob.Page.Locator(".pending").CountAsync());
    }

    [Fact]
    public async Task A_Group_That_Is_Deleted_While_Open_Says_So()
    {
        Person bob = await Chain.SignedInAsync(Failing); // What it asks in that moment is not found.
        ChatUser owner = await Chain.Host.SignedInAsync();
        Room room = await owner.OpenAsync();
        await bob.GoAsync("group", room.Slug);
        await bob.WriteAsync("here");
        await bob.SeeAsync("here");
        await owner.SendAsync(HttpMethod.Delete, $"/chat/delete_group/{room.Slug}/").Is(204);
        await bob.Page.GetByText("This group does not exist any more, or you are no member of it.").WaitForAsync();
        await bob.Page.Locator(".toast", new() { HasText = "deleted" }).WaitForAsync();
        Assert.Equal(0, await bob.Page.Locator($".sidebar a[href='#/group/{room.Slug}']").CountAsync());
        Assert.Equal(0, await bob.Messages.CountAsync());
    }
}
