using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>Answering, editing, deleting, reacting and mentioning, as two people see it.</summary>
public sealed class RevisionPageTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    private const string Area = ".composer textarea";

    [Theory]
    [InlineData("en", 1280)]
    [InlineData("fa", 390)]
    public async Task Two_People_See_Each_Others_Changes_Live_And_After_A_Reload(string language, int width)
    {
        Person bob = await Chain.SignedInAsync(new PersonOptions(language, Width: width));
        Person sara = await Chain.SignedInAsync(new PersonOptions("fa"), Rooms.NewName("سارا"));
        Room room = await bob.User.OpenAsync();
        await room.AddAsync(sara.User);
        await sara.Page.Locator($".chat[href='#/group/{room.Slug}']").WaitForAsync();
        await Task.WhenAll(bob.GoAsync("group", room.Slug), sara.GoAsync("group", room.Slug));
        await bob.WriteAsync("سلم https://example.org/");
        await sara.SeeAsync("سلم");

        await ChooseAsync(bob, 1, bob.Say("Edit", "ویرایش"));
        Assert.Equal("سلم https://example.org/", await bob.Page.Locator(Area).InputValueAsync());
        await bob.WriteAsync("سلام");
        await sara.SeeAsync("سلام");
        await Message(sara, 1).Locator(".edited", new() { HasText = "ویراسته" }).WaitForAsync();
        await sara.Page.Locator(".chat .preview", new() { HasText = "سلام" }).WaitForAsync();

        await ChooseAsync(sara, 1, "👍");
        await Message(bob, 1).Locator(".reactions button[aria-pressed=false]", new() { HasText = bob.Say("1", "۱") }).ClickAsync();
        await Message(sara, 1).Locator(".reactions button[aria-pressed=true]", new() { HasText = "۲" }).ClickAsync();
        await Message(bob, 1).Locator(".reactions button[aria-pressed=true]", new() { HasText = bob.Say("1", "۱") }).WaitForAsync();

        await ChooseAsync(sara, 1, "پاسخ");
        await sara.WriteAsync("جواب");
        await bob.Page.Locator(".message", new() { HasText = "جواب" }).Locator(".quote", new() { HasText = "سلام" }).WaitForAsync();

        await ChooseAsync(bob, 1, bob.Say("Delete the message", "حذف پیام"));
        await bob.PressAsync(bob.Say("Delete the message", "حذف پیام"));
        await Message(sara, 1).GetByText("این پیام حذف شده است.").WaitForAsync();
        await sara.Page.Locator(".quote", new() { HasText = "این پیام حذف شده است." }).WaitForAsync();
        await bob.UntilAsync($"() => document.activeElement?.matches('{Area}')");

        int[] ids = await sara.IdsAsync();
        await Task.WhenAll(bob.Page.ReloadAsync(), sara.Page.ReloadAsync());
        await Task.WhenAll(bob.SeeAsync("جواب"), sara.SeeAsync("جواب"));
        Assert.Equal(ids, await sara.IdsAsync());
        Assert.Equal(ids, await bob.IdsAsync());
        Assert.Equal(1, await bob.Page.Locator(".message .gone").CountAsync());
    }

    [Fact]
    public async Task What_Happened_While_Away_Is_Caught_Up()
    {
        Person bob = await Chain.SignedInAsync(new PersonOptions(Failures: true));
        ChatUser sara = await Chain.Host.SignedInAsync();
        Room room = await bob.User.OpenAsync();
        await bob.GoAsync("group", room.Slug);
        foreach (string text in new[] { "one", "two", "three" })
        {
            await sara.SayAsync(room, text).Is(201);
        }

        await bob.SeeAsync("three");
        await bob.Context.SetOfflineAsync(true);
        await bob.Page.Locator(".banner").WaitForAsync();
        await sara.SendAsync(HttpMethod.Patch, $"{room.Path}messages/1/", new { message = "ONE" }).Is(200);
        await sara.SendAsync(HttpMethod.Delete, $"{room.Path}messages/2/").Is(204);
        await sara.SendAsync(HttpMethod.Put, $"{room.Path}messages/3/reactions/{Uri.EscapeDataString("🌹")}/").Is(204);
        await bob.Context.SetOfflineAsync(false);
        await bob.SeeAsync("ONE");
        await Message(bob, 2).Locator(".gone").WaitForAsync();
        await Message(bob, 3).Locator(".reactions", new() { HasText = "🌹" }).WaitForAsync();
        Assert.Equal([1, 2, 3], (await bob.IdsAsync()).AsEnumerable());
    }

    [Fact]
    public async Task A_Change_Of_What_Was_Read_Is_Nothing_To_Read()
    {
        Person bob = await Chain.SignedInAsync();
        ChatUser sara = await Chain.Host.SignedInAsync();
        Room room = await bob.User.OpenAsync();
        await sara.SayAsync(room, "before").Is(201);
        await bob.GoAsync("group", room.Slug);
        await bob.SeeAsync("before");
        await Sockets.Eventually.Async(async () => (await bob.User.SeeAsync(room.Slug))?.GetProperty("unread").GetInt64() == 0, "the read position");
        await bob.Page.EvaluateAsync("() => { location.hash = '#/'; }");
        await sara.SendAsync(HttpMethod.Put, $"{room.Path}messages/1/reactions/{Uri.EscapeDataString("🌹")}/").Is(204);
        await sara.SendAsync(HttpMethod.Patch, $"{room.Path}messages/1/", new { message = "after" }).Is(200);

        await bob.Page.Locator(".chat .preview", new() { HasText = "after" }).WaitForAsync();
        Assert.Equal("ServerlessChat", await bob.Page.TitleAsync());
        await bob.Page.ReloadAsync();
        await bob.Page.Locator(".chat .preview", new() { HasText = "after" }).WaitForAsync();
        Assert.Equal("ServerlessChat", await bob.Page.TitleAsync());
    }

    [Fact]
    public async Task An_Edit_That_Is_Not_Answered_Keeps_What_Was_Written()
    {
        Person bob = await Chain.SignedInAsync(new PersonOptions("fa", Failures: true));
        Room room = await bob.User.OpenAsync();
        await bob.User.SayAsync(room, "اول").Is(201);
        await bob.GoAsync("group", room.Slug);
        await bob.SeeAsync("اول");
        await bob.Page.Locator(Area).PressAsync("ArrowUp");
        await bob.Page.Locator(".mode", new() { HasText = "ویرایش پیام شما" }).WaitForAsync();
        await bob.Page.RouteAsync("**/messages/1/", route => route.AbortAsync());
        await bob.WriteAsync("دوم");
        await bob.Page.Locator(".composer [role=alert]", new() { HasText = "پاسخی نرسید" }).WaitForAsync();
        await bob.Page.UnrouteAsync("**/messages/1/");
        await bob.Page.Locator(Area).PressAsync("Enter");
        await bob.SeeAsync("دوم");
        await bob.Page.Locator(".mode").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task A_Quote_Leads_To_What_It_Answers_However_Far_Back()
    {
        Person bob = await Chain.SignedInAsync();
        Room room = await bob.User.OpenAsync();
        for (int i = 1; i <= 160; i += 20)
        {
            await Task.WhenAll(Enumerable.Range(i, 20).Select(n => bob.User.SayAsync(room, $"line {n}.").Is(201)));
        }

        await bob.User.PostAsync(room.Path, new { message = "the answer", reply_to = 3 }).Is(201);
        await bob.GoAsync("group", room.Slug);
        await bob.SeeAsync("the answer");
        ILocator quote = bob.Page.Locator(".quote", new() { HasText = "line" });
        await quote.ClickAsync();
        await bob.UntilAsync("() => document.activeElement?.closest('.message')?.dataset.id === '3'");
        Assert.True(await Message(bob, 3).EvaluateAsync<bool>(
            "one => { const box = one.getBoundingClientRect(), list = one.closest('.messages').getBoundingClientRect(); return box.top >= list.top && box.bottom <= list.bottom; }"));
        int[] ids = await bob.IdsAsync();
        Assert.Equal(Enumerable.Range(ids[0], 161 - ids[0] + 1), ids);
    }

    [Theory]
    [InlineData("en", "mentioned you in")]
    [InlineData("fa", "از شما نام برد در")]
    public async Task A_Mention_Is_Completed_Marked_And_Told(string language, string told)
    {
        Person bob = await Chain.SignedInAsync(new PersonOptions(language), Rooms.NewName("باب"));
        Person sara = await Chain.SignedInAsync();
        Room room = await sara.User.OpenAsync();
        await room.AddAsync(bob.User);
        await bob.Page.Locator($".chat[href='#/group/{room.Slug}']").WaitForAsync();
        await bob.BeLiveAsync();
        await sara.GoAsync("group", room.Slug);
        await sara.Page.Locator(Area).PressSequentiallyAsync("سلام @با");
        await sara.Page.GetByRole(AriaRole.Option, new() { Name = bob.User.Username, Selected = true }).WaitForAsync();
        await sara.Page.Keyboard.PressAsync("Enter");
        Assert.Equal($"سلام @{bob.User.Username} ", await sara.Page.Locator(Area).InputValueAsync());
        await sara.Page.Keyboard.TypeAsync("!");
        await sara.Page.Keyboard.PressAsync("Enter");

        await bob.Page.Locator(".toast a", new() { HasText = told }).ClickAsync();
        await bob.Page.Locator(".message mark", new() { HasText = "@" + bob.User.Username }).WaitForAsync();
        await sara.SeeAsync("!");
        Assert.Equal(0, await sara.Page.Locator(".message mark").CountAsync());
    }

    [Fact]
    public async Task Everything_Goes_With_The_Keyboard()
    {
        Person bob = await Chain.SignedInAsync();
        Room room = await bob.User.OpenAsync();
        await bob.GoAsync("group", room.Slug);
        IKeyboard keys = bob.Page.Keyboard;
        foreach (string text in new[] { "first", "second", "third" })
        {
            await bob.WriteAsync(text);
            await bob.SeeAsync(text);
        }

        await keys.PressAsync("Shift+Tab");
        await bob.UntilAsync("() => document.activeElement?.closest('.message')?.dataset.id === '3'");
        await keys.PressAsync("ArrowUp");
        await keys.PressAsync("Enter");
        await bob.Page.Locator("dialog.actions").WaitForAsync();
        await keys.PressAsync("Escape");
        await bob.UntilAsync("() => document.activeElement?.closest('.message')?.dataset.id === '2'");
        await keys.PressAsync("Enter");
        await keys.PressAsync("Enter"); // The first of the quick ones.
        await Message(bob, 2).Locator(".reactions button[aria-pressed=true]", new() { HasText = "👍" }).WaitForAsync();
        await bob.UntilAsync("() => document.activeElement?.closest('.message')?.dataset.id === '2'");
        await keys.PressAsync("Enter");
        await keys.PressAsync("ArrowUp");
        await bob.UntilAsync("() => document.activeElement?.textContent === 'Delete the message'");
        await keys.PressAsync("Enter");
        await bob.UntilAsync("() => document.activeElement?.textContent === 'Cancel'");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Message(bob, 2).Locator(".gone").WaitForAsync();
        await bob.UntilAsync($"() => document.activeElement?.matches('{Area}')");
    }

    private static ILocator Message(Person person, int id) => person.Page.Locator($".message[data-id='{id}']");

    private static async Task ChooseAsync(Person person, int id, string choice)
    {
        await Message(person, id).HoverAsync();
        await Message(person, id).Locator(".act").ClickAsync();
        await person.Page.Locator("dialog.actions").GetByRole(AriaRole.Button, new() { Name = choice, Exact = true }).ClickAsync();
    }
}
