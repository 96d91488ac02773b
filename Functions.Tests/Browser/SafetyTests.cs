using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>A message does nothing but show, whatever is in it.</summary>
public sealed class SafetyTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    private static readonly string[] Hostile =
    [
        "<img src=x onerror=\"window.hacked = 1\"><script>window.hacked = 2</script><b>bold</b>",
        "javascript:window.hacked=3 <a href=\"javascript:window.hacked=4\">click</a> data:text/html,<script>1</script>",
        "https://example.org/?q=<script>&x=\"y\" http://user:pass@evil.example/ JAVASCRIPT://%0awindow.hacked=5",
        "safe \u202E gnp.exe \u2067 \u2066 never closed",
        new string('w', 10_000),
        "{{constructor.constructor('window.hacked = 6')()}} ${window.hacked = 7} &lt;script&gt;",
    ];

    [Fact]
    public async Task Hostile_Messages_Only_Show()
    {
        Person bob = await Chain.SignedInAsync(new PersonOptions(Width: 320, Height: 568));
        ChatUser mallory = await Chain.Host.SignedInAsync();
        Room room = await mallory.OpenAsync(slug: Rooms.NewName());
        foreach (string message in Hostile)
        {
            await mallory.SayAsync(room, message).Is(201);
        }

        await bob.GoAsync("group", room.Slug);
        await bob.SeeAsync("constructor");
        await bob.PressAsync("Show all of it");
        for (int i = 0; i < Hostile.Length; i++)
        {
            Assert.Equal(Hostile[i], await bob.Messages.Nth(i).Locator(".text").TextContentAsync());
        }

        Assert.Equal(0, await bob.Messages.Locator("img, script, b, iframe").CountAsync());
        Assert.Equal(["https://example.org/?q="], await bob.Messages.Locator("a.link").EvaluateAllAsync<string[]>("links => links.map(link => link.href)"));
        Assert.Equal("noopener noreferrer nofollow", await bob.Messages.Locator("a.link").First.GetAttributeAsync("rel"));
        Assert.False(await bob.Page.EvaluateAsync<bool>("() => 'hacked' in window"));

        // Neither the word nor an override that is never closed reaches beyond its own line.
        Assert.True(await bob.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth && document.querySelector('.messages').scrollWidth <= innerWidth"));
        Assert.Equal("isolate", await bob.Messages.Nth(3).Locator(".text p").EvaluateAsync<string>("line => getComputedStyle(line).unicodeBidi"));
    }

    [Fact]
    public async Task Each_Line_Has_Its_Own_Direction_And_Names_Are_Isolated()
    {
        Person bob = await Chain.SignedInAsync();
        ChatUser sara = await Chain.Host.SignedInAsync("سارا_" + Rooms.NewName("x"));
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "سلام، API را ببین\nHello سارا, look at this\n123").Is(201);
        await bob.GoAsync("group", room.Slug);
        await bob.SeeAsync("look at this");
        string[] directions = await bob.Messages.First.Locator(".text p").EvaluateAllAsync<string[]>("lines => lines.map(line => getComputedStyle(line).direction)");
        Assert.Equal(["rtl", "ltr", "ltr"], directions);
        Assert.Equal(sara.Username, await bob.Messages.First.Locator(".author bdi").TextContentAsync());
    }

    [Fact]
    public async Task The_Page_Is_Served_With_A_Strict_Policy()
    {
        Person bob = await Chain.OpenAsync();
        IResponse page = (await bob.Page.ReloadAsync())!;
        string policy = page.Headers["content-security-policy"];
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(0, await bob.Page.Locator("script:not([src]), style, [style]").CountAsync());
    }
}
