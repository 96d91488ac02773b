using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>Everything with the keyboard alone.</summary>
public sealed class KeyboardTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    [Fact]
    public async Task From_Login_To_Deleting_A_Group_Without_A_Mouse()
    {
        ChatUser user = await Chain.Host.SignedInAsync();
        Person bob = await Chain.OpenAsync();
        IKeyboard keys = bob.Page.Keyboard;
        await bob.UntilAsync("() => document.activeElement?.name === 'username'");
        await keys.TypeAsync(user.Username);
        await keys.PressAsync("Tab");
        await keys.TypeAsync(user.Password);
        await keys.PressAsync("Enter");
        await bob.Page.Locator(".shell").WaitForAsync();

        await TabToAsync(bob, "New group");
        await keys.PressAsync("Enter");
        await bob.Page.Locator("[name=group_name]").WaitForAsync();
        await TabToFieldAsync(bob, "group_name");
        await keys.TypeAsync("Keyboard only");
        await keys.PressAsync("Enter");
        await bob.UntilAsync("() => document.activeElement?.matches('.composer textarea')");
        await keys.TypeAsync("first line");
        await keys.PressAsync("Shift+Enter");
        await keys.TypeAsync("second line");
        await keys.PressAsync("Enter");
        await bob.SeeAsync("second line");
        Assert.Equal(2, await bob.Messages.First.Locator(".text p").CountAsync());

        await TabToAsync(bob, "More", backwards: true);
        await keys.PressAsync("Enter");
        await TabToAsync(bob, "Delete the group");
        await keys.PressAsync("Enter");
        await bob.UntilAsync("() => document.activeElement?.textContent === 'Cancel'"); // The safe answer has the focus.
        await keys.PressAsync("Escape");
        await bob.Page.Locator("dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await bob.Page.GetByRole(AriaRole.Heading, new() { Name = "Keyboard only" }).WaitForAsync();
        await TabToAsync(bob, "More", backwards: true);
        await keys.PressAsync("Enter");
        await TabToAsync(bob, "Delete the group");
        await keys.PressAsync("Enter");
        await bob.UntilAsync("() => document.activeElement?.textContent === 'Cancel'");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await bob.Page.GetByText("Choose a chat, or start one.").WaitForAsync();
        await user.GetAsync("/chat/group/keyboard-only/").Is(404);
    }

    private static Task TabToFieldAsync(Person person, string name) => TabUntilAsync(person, $"document.activeElement?.name === '{name}'", "Tab");

    private static Task TabToAsync(Person person, string label, bool backwards = false) => TabUntilAsync(
        person, $"[document.activeElement?.ariaLabel, document.activeElement?.textContent].includes('{label}')", backwards ? "Shift+Tab" : "Tab");

    private static async Task TabUntilAsync(Person person, string isThere, string key)
    {
        for (int presses = 0; !await person.Page.EvaluateAsync<bool>($"() => {isThere}"); presses++)
        {
            Assert.True(presses < 40, $"Not reached with {key}: {isThere}");
            await person.Page.Keyboard.PressAsync(key);
        }
    }
}
