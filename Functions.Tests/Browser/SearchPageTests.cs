using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>Searching for public groups.</summary>
public sealed class SearchPageTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    [Theory]
    [InlineData("en")]
    [InlineData("fa")]
    public async Task A_Group_Is_Found_By_Its_Name_However_Typed_And_By_Its_Slug(string language)
    {
        Person bob = await Chain.SignedInAsync(new PersonOptions(language));
        ChatUser sara = await Chain.Host.SignedInAsync();
        Room named = await sara.OpenAsync();
        await sara.SendAsync(HttpMethod.Patch, named.Path, new { group_name = "کتاب‌های علی" }).Is(200);
        Room slugged = await sara.OpenAsync();
        ILocator search = bob.Page.GetByRole(AriaRole.Searchbox);
        ILocator found = bob.Page.Locator("section[aria-labelledby=public] .chat");

        await search.FillAsync("كتابهاي");
        await found.GetByText("کتاب‌های علی").WaitForAsync();
        await bob.UntilAsync("() => document.querySelectorAll('section[aria-labelledby=public] .chat').length === 1");
        await AccessibilityTests.CheckAsync(bob, "a search");
        await search.FillAsync(slugged.Slug.ToUpperInvariant());
        await bob.Page.Locator($"section[aria-labelledby=public] .chat[href='#/group/{slugged.Slug}']").WaitForAsync();
        await search.FillAsync("nothing begins so");
        await bob.Page.GetByText(bob.Say("No public group begins like that.", "گروه عمومی‌ای با این آغاز نیست.")).WaitForAsync();

        await search.FillAsync("کتاب");
        await bob.Page.Locator($"section[aria-labelledby=public] .chat[href='#/group/{named.Slug}']").ClickAsync();
        await bob.PressAsync(bob.Say("Join", "پیوستن"));
        await bob.Page.Locator($".sidebar a[href='#/group/{named.Slug}'] .preview").First.WaitForAsync();
        Assert.Contains(bob.User.Username, (await sara.MembersAsync(named)).Keys);
    }
}
