using System.Text.Json;
using Microsoft.Playwright;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>Taking one's own along, and the end of an account.</summary>
public sealed class AccountPageTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    [Theory]
    [InlineData("en", 1280)]
    [InlineData("fa", 390)]
    public async Task All_Of_Ones_Own_Is_Taken_Along_And_Then_Deleted(string language, int width)
    {
        Person bob = await Chain.SignedInAsync(new PersonOptions(language, Width: width, Failures: true), Rooms.NewName("باب"));
        Person sara = await Chain.SignedInAsync(new PersonOptions(language));
        await bob.User.PostAsync($"/chat/private/{sara.User.Username}/", new { message = "خداحافظ" }).Is(201);
        await bob.GoAsync("private", sara.User.Username);
        await bob.Page.Locator(".composer textarea").FillAsync("an unsent draft");
        await bob.UntilAsync("() => JSON.stringify(sessionStorage).includes('an unsent draft')");

        await bob.Page.EvaluateAsync("() => { location.hash = '#/profile'; }");
        IDownload download = await bob.Page.RunAndWaitForDownloadAsync(() => bob.PressAsync(bob.Say("Download all that is yours", "دریافت همهٔ داده‌های شما")));
        await CheckExportAsync(download);

        string delete = bob.Say("Delete the account", "حذف حساب");
        await bob.PressAsync(delete);
        ILocator dialog = bob.Page.Locator("dialog");
        await dialog.Locator("[name=confirmation]").FillAsync(bob.User.Username);
        await dialog.Locator("[name=password]").FillAsync("not-the-password-9");
        await dialog.GetByRole(AriaRole.Button, new() { Name = delete, Exact = true }).ClickAsync();
        await dialog.Locator(".wrong").WaitForAsync();
        await AccessibilityTests.CheckAsync(bob, "the question before an account is deleted");
        await dialog.Locator("[name=password]").FillAsync(bob.User.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = delete, Exact = true }).ClickAsync();

        await bob.Page.GetByText(bob.Say("Your account was deleted.", "حساب شما حذف شد.")).WaitForAsync();
        string kept = await bob.Page.EvaluateAsync<string>("() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
        Assert.DoesNotContain("an unsent draft", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(bob.User.Username, kept, StringComparison.Ordinal);
        await AccessibilityTests.CheckAsync(bob, "after an account was deleted");
        using HttpClient stranger = Chain.Host.Anonymous();
        await stranger.PostJsonAsync("/chat/login/", new { username = bob.User.Username, password = bob.User.Password }).IsProblem(401, "invalid_credentials");
        await SeeErasedAsync(sara);
    }

    private static async Task CheckExportAsync(IDownload download)
    {
        Assert.EndsWith(".jsonl", download.SuggestedFilename, StringComparison.Ordinal);
        string[] lines = (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
        string?[] types = [.. lines.Select(line => JsonElement.Parse(line).Text("type"))];
        Assert.Equal(("profile", "end"), (types[0], types[^1]));
        Assert.DoesNotContain("more", types);
        Assert.Equal("خداحافظ", JsonElement.Parse(lines[Array.IndexOf(types, "message")]).Text("message"));
    }

    /// <summary>The other of the private chat keeps what was said, and writes nothing more.</summary>
    private static async Task SeeErasedAsync(Person sara)
    {
        await sara.Page.ReloadAsync();
        await sara.Page.Locator(".chat", new() { HasText = sara.Say("deleted user", "کاربر حذف‌شده") }).ClickAsync();
        await sara.SeeAsync("خداحافظ");
        await sara.Page.Locator(".banner", new() { HasText = sara.Say("This account was deleted.", "این حساب حذف شده است.") }).WaitForAsync();
        Assert.Equal(0, await sara.Page.Locator(".composer textarea").CountAsync());
        await AccessibilityTests.CheckAsync(sara, "a chat with an account that was deleted");
    }
}
