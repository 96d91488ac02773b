using System.Text.Json;
using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>axe finds nothing on any screen, in both languages and themes, wide and narrow.</summary>
public sealed class AccessibilityTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    [Theory]
    [InlineData("en", false, 1280)]
    [InlineData("en", true, 320)]
    [InlineData("fa", false, 320)]
    [InlineData("fa", true, 1280)]
    public async Task Axe_Finds_Nothing(string language, bool dark, int width)
    {
        Person bob = await Chain.OpenAsync(new PersonOptions(language, dark, width, Failures: true));
        await CheckAsync(bob, "login");
        await bob.Page.EvaluateAsync("() => { location.hash = '#/register'; }");
        await bob.Page.Locator("[name=password2]").WaitForAsync();
        await bob.Page.Locator("form").EvaluateAsync("form => { form.noValidate = true; form.requestSubmit(); }");
        await bob.Page.Locator(".wrong").First.WaitForAsync();
        await CheckAsync(bob, "register, refused");

        ChatUser user = await Chain.Host.SignedInAsync();
        ChatUser sara = await Chain.Host.SignedInAsync("سارا" + Rooms.NewName());
        Room room = await user.OpenAsync();
        await room.AddAsync(sara);
        await sara.SayAsync(room, "سلام https://example.org/ببین\n\nhello\n```\nlet x = 1\n```").Is(201);
        await user.SayAsync(room, "my own " + new string('z', 3000)).Is(201);
        await ChangeAsync(user, room, sara);
        await sara.PostAsync($"/chat/private/{user.Username}/", new { message = "private" }).Is(201);
        await (await Chain.Host.SignedInAsync()).OpenAsync();
        await bob.Page.EvaluateAsync("() => { location.hash = '#/'; }");
        await bob.LogInAsync(user);
        await bob.Page.Locator(".chat .count").First.WaitForAsync();
        await CheckAsync(bob, "the list");
        await CheckConversationAsync(bob, room, sara);
        await CheckPagesAsync(bob);
    }

    /// <summary>Messages 3 to 5: an answer that was edited and mentions the reader, a gap, and one with reactions.</summary>
    private static async Task ChangeAsync(ChatUser user, Room room, ChatUser sara)
    {
        await sara.PostAsync(room.Path, new { message = "x", reply_to = 1 }).Is(201);
        await sara.SendAsync(HttpMethod.Patch, $"{room.Path}messages/3/", new { message = $"@{user.Username} edited" }).Is(200);
        await user.SayAsync(room, "gone").Is(201);
        await user.SendAsync(HttpMethod.Delete, $"{room.Path}messages/5/").Is(204);
        await user.SayAsync(room, "liked").Is(201);
        foreach (ChatUser one in new[] { user, sara })
        {
            await one.SendAsync(HttpMethod.Put, $"{room.Path}messages/7/reactions/{Uri.EscapeDataString("👍")}/").Is(204);
        }

        await sara.SendAsync(HttpMethod.Put, $"{room.Path}messages/7/reactions/{Uri.EscapeDataString("🌹")}/").Is(204);
    }

    private static async Task CheckActionsAsync(Person bob)
    {
        ILocator message = bob.Page.Locator(".message[data-id='7']");
        await message.HoverAsync();
        await message.Locator(".act").ClickAsync();
        await CheckAsync(bob, "the menu of a message");
        await bob.Page.Locator("dialog.actions").GetByRole(AriaRole.Button, new() { Name = bob.Say("Answer", "پاسخ") }).ClickAsync();
        await bob.Page.Locator(".mode").WaitForAsync();
        await bob.Page.Locator(".composer textarea").PressSequentiallyAsync("@");
        await bob.Page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await CheckAsync(bob, "an answer with a mention");
        await bob.Page.Keyboard.PressAsync("Escape");
        await bob.Page.Keyboard.PressAsync("Escape");
        await bob.Page.Locator(".mode").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private static async Task CheckConversationAsync(Person bob, Room room, ChatUser sara)
    {
        await bob.GoAsync("group", room.Slug);
        await bob.SeeAsync("hello");
        await bob.Page.RouteAsync("**/chat/group/**", route => route.Request.Method is "POST" && !route.Request.Url.EndsWith("/read/", StringComparison.Ordinal)
            ? route.FulfillAsync(new() { Status = 403, ContentType = "application/problem+json", Body = """{"code":"forbidden"}""" })
            : route.ContinueAsync());
        await bob.WriteAsync("refused");
        await bob.Page.Locator(".pending[data-state=failed]").WaitForAsync();
        await bob.Page.UnrouteAsync("**/chat/group/**");
        await bob.BeLiveAsync();
        await sara.PostAsync($"/chat/private/{bob.User.Username}/", new { message = "for the toast" }).Is(201);
        await bob.Page.Locator(".toast").HoverAsync();
        await bob.Page.EvaluateAsync("() => Promise.all(document.getAnimations().map(one => one.finished))");
        await CheckAsync(bob, "a conversation with a failed message and a toast");
        await CheckActionsAsync(bob);

        await bob.Page.Locator("summary").ClickAsync();
        await CheckAsync(bob, "the menu");
        await bob.PressAsync(bob.Say("Members", "اعضا"));
        await bob.Page.Locator(".members li").First.WaitForAsync();
        await CheckAsync(bob, "members");
        await bob.Page.Keyboard.PressAsync("Escape");
        await bob.Page.Locator("summary").ClickAsync();
        await bob.PressAsync(bob.Say("Delete the group", "حذف گروه"));
        await bob.Page.Locator("dialog").WaitForAsync();
        await CheckAsync(bob, "the question before deleting");
        await bob.Page.Keyboard.PressAsync("Escape");
    }

    private static async Task CheckPagesAsync(Person bob)
    {
        foreach ((string hash, string sign) in new[] { ("#/new", "[name=slug]"), ("#/profile", "[name=bio]"), ("#/group/nothing-there", "[role=alert]") })
        {
            await bob.Page.EvaluateAsync("hash => { location.hash = hash; }", hash);
            await bob.Page.Locator(sign).First.WaitForAsync();
            await CheckAsync(bob, hash);
        }
    }

    /// <summary>Runs beside the page's own scripts, through the debugger: the page's policy would let nothing of it in.</summary>
    internal static async Task CheckAsync(Person person, string screen)
    {
        await person.Page.EvaluateAsync(Repository.Read("Web/node_modules/axe-core/axe.min.js"));
        JsonElement? found = await person.Page.EvaluateAsync(
            "async () => (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`)");
        Assert.True(found?.GetArrayLength() == 0, $"{screen}: {found}");
        bool overflows = await person.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth");
        Assert.False(overflows, $"{screen} is wider than the screen.");
    }
}
