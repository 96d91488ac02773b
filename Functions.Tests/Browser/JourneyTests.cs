using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>What two people do on their first day, one in Persian and one in English.</summary>
public sealed class JourneyTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    [Fact]
    public async Task From_Registering_To_A_Private_Reply()
    {
        Person sara = await Chain.OpenAsync(new PersonOptions("fa"));
        Person bob = await Chain.OpenAsync();
        Assert.Equal("rtl", await sara.Page.EvaluateAsync<string>("document.documentElement.dir"));
        Assert.Equal("en ltr", await bob.Page.EvaluateAsync<string>("`${document.documentElement.lang} ${document.documentElement.dir}`"));
        await sara.RegisterAsync("سارا");
        await bob.RegisterAsync("bob");

        await CreateGroupAsync(sara);
        await bob.Page.ReloadAsync(); // The public groups are as of the last look at the dashboard.
        await bob.Page.GetByRole(AriaRole.Link, new() { Name = "گروه کوه‌نوردی" }).ClickAsync();
        await bob.WriteAsync("Hello from bob");
        await sara.SeeAsync("Hello from bob");
        await sara.WriteAsync("سلام باب! ساعت 10 می‌بینمت");
        await bob.SeeAsync("سلام باب! ساعت 10 می‌بینمت");

        await sara.Page.Locator(".author", new() { HasText = "bob" }).ClickAsync();
        await sara.Page.GetByRole(AriaRole.Heading, new() { Name = "bob", Exact = true }).WaitForAsync();
        await sara.WriteAsync("خصوصی برای تو");
        await bob.Page.Locator(".toast a", new() { HasText = "خصوصی برای تو" }).ClickAsync();
        await bob.SeeAsync("خصوصی برای تو");
        await bob.WriteAsync("Got it");
        await sara.SeeAsync("Got it");
        Assert.Equal([1, 2], (await sara.IdsAsync()).AsEnumerable());
        Assert.Equal([1, 2], (await bob.IdsAsync()).AsEnumerable());
    }

    [Fact]
    public async Task Persian_Has_Its_Own_Digits_And_Calendar_And_A_Switch_Changes_Everything()
    {
        Person sara = await Chain.SignedInAsync(new PersonOptions("fa"));
        Room room = await sara.User.OpenAsync();
        await sara.GoAsync("group", room.Slug);
        await sara.WriteAsync("اولین پیام");
        await sara.SeeAsync("اولین پیام");
        ILocator time = sara.Messages.First.Locator("time");
        Assert.Matches(@"^[\u06F0-\u06F9]{2}:[\u06F0-\u06F9]{2}$", await time.TextContentAsync());
        Assert.Matches(@"1[4۴]|۱۴", await time.GetAttributeAsync("title")); // The Jalali year 14xx.
        await sara.Page.GetByRole(AriaRole.Link, new() { Name = "نمایه" }).ClickAsync();
        await sara.PressAsync("English");
        await sara.Page.GetByRole(AriaRole.Heading, new() { Name = "Profile", Exact = true }).WaitForAsync();
        Assert.Equal("ltr", await sara.Page.EvaluateAsync<string>("document.documentElement.dir"));
        await sara.Page.ReloadAsync();
        await sara.Page.GetByRole(AriaRole.Heading, new() { Name = "Profile", Exact = true }).WaitForAsync();
        await Sockets.Eventually.Async(async () => (await sara.User.GetAsync("/chat/profile/")).Json.Text("language") is "en", "the profile's language");
    }

    [Fact]
    public async Task Joining_And_Managing_A_Group()
    {
        Person bob = await Chain.SignedInAsync(new PersonOptions(Failures: true));
        ChatUser sara = await Chain.Host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await bob.GoAsync("group", room.Slug);
        await bob.PressAsync("Join");
        await bob.Page.Locator($".sidebar a[href='#/group/{room.Slug}']").WaitForAsync();
        await sara.SayAsync(room, "welcome").Is(201);
        await bob.SeeAsync("welcome");

        await sara.SendAsync(HttpMethod.Put, $"{room.Path}members/{bob.User.Username}/", new { role = "owner" }).Is(200);
        await bob.Page.ReloadAsync();
        await bob.SeeAsync("welcome");
        await bob.Page.Locator("summary").ClickAsync();
        await bob.PressAsync("Members");
        ILocator row = bob.Page.Locator(".members li", new() { HasText = sara.Username });
        await row.GetByText("admin", new() { Exact = true }).WaitForAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await row.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await bob.FillAsync("Add a member (username)", "nobody-of-that-name");
        await bob.PressAsync("Add");
        await bob.Page.GetByText("There is nothing here.").WaitForAsync();
        Assert.Equal([bob.User.Username], (await bob.User.MembersAsync(room)).Keys);
    }

    [Fact]
    public async Task Unread_Is_Counted_In_The_List_And_The_Title_And_Ends_By_Reading()
    {
        Person bob = await Chain.SignedInAsync();
        ChatUser sara = await Chain.Host.SignedInAsync();
        Room room = await sara.OpenAsync();
        await bob.BeLiveAsync();
        await room.AddAsync(bob.User);
        await bob.Page.Locator(".toast", new() { HasText = "Group " + room.Slug }).WaitForAsync(); // The invitation came live.
        for (int i = 1; i <= 3; i++)
        {
            await sara.SayAsync(room, $"number {i}").Is(201);
        }

        await bob.UntilAsync("() => document.title === '(3) ServerlessChat'");
        await bob.Page.Locator(".chat .count", new() { HasText = "3" }).WaitForAsync();
        await bob.GoAsync("group", room.Slug);
        await bob.Page.Locator(".marker", new() { HasText = "New messages" }).WaitForAsync();
        await bob.UntilAsync("() => document.title === 'ServerlessChat'");
        await Sockets.Eventually.Async(
            async () => (await bob.User.SeeAsync(room.Slug))?.GetProperty("unread").GetInt64() == 0, "the read position");
        await bob.Page.ReloadAsync();
        await bob.SeeAsync("number 3");
        Assert.Equal("ServerlessChat", await bob.Page.TitleAsync());
    }

    private static async Task CreateGroupAsync(Person owner)
    {
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = "گروه تازه" }).ClickAsync();
        await owner.FillAsync("نام گروه", "گروه کوه‌نوردی");
        Assert.Equal("گروه-کوه‌نوردی", await owner.Page.Locator("[name=slug]").InputValueAsync());
        await owner.PressAsync("ساختن");
        await owner.Page.GetByRole(AriaRole.Heading, new() { Name = "گروه کوه‌نوردی" }).WaitForAsync();
    }
}
