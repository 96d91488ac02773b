using Microsoft.Playwright;

namespace ServerlessChat.Bench.Web;

/// <summary>Pictures of the web client: both languages and themes, wide and narrow.</summary>
internal sealed class Screenshots(IBrowser browser, Chat chat)
{
    public async Task RunAsync(string folder, string tag)
    {
        Directory.CreateDirectory(folder);
        Person sara = await chat.JoinAsync("سارا" + tag);
        Person bob = await chat.JoinAsync("bob" + tag);
        string hike = await FillAsync(sara, bob, tag);
        foreach ((string language, string group) in new[] { ("fa", hike), ("en", "release" + tag) })
        {
            foreach (bool dark in new[] { false, true })
            {
                Person person = language is "fa" ? sara : bob;
                string name = $"{language}-{(dark ? "dark" : "light")}";
                await DrawAsync(person, language, dark, 1200, 760, group, Path.Combine(folder, name + "-desktop"));
                await DrawAsync(person, language, dark, 390, 760, group, Path.Combine(folder, name + "-phone"));
            }
        }
    }

    private async Task DrawAsync(Person person, string language, bool dark, int width, int height, string group, string file)
    {
        IPage page = await chat.OpenAsync(browser, person, new BrowserNewContextOptions
        {
            Locale = language is "fa" ? "fa-IR" : "en-GB",
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = height },
        });
        await page.Locator(".chat .title").First.WaitForAsync();
        await SaveAsync(page, file + "-list.png");
        foreach ((string hash, string sign, string name) in new[] { ($"#/group/{Uri.EscapeDataString(group)}", ".message", ""), ("#/new", "[name=slug]", "-new"), ("#/profile", "[name=bio]", "-profile") })
        {
            await page.EvaluateAsync("hash => { location.hash = hash; }", hash);
            await page.Locator(sign).First.WaitForAsync();
            await SaveAsync(page, $"{file}{name}.png");
        }

        await page.Context.CloseAsync();
    }

    private static async Task SaveAsync(IPage page, string path)
    {
        await page.EvaluateAsync("() => document.fonts.ready");
        await page.ScreenshotAsync(new() { Path = path });
    }

    /// <summary>Something to look at: two groups, private messages, unread ones, mixed scripts.</summary>
    /// <returns>The slug of the Persian group.</returns>
    private static async Task<string> FillAsync(Person sara, Person bob, string tag)
    {
        (string hike, string release, string books) = ($"کوه‌نوردی{tag}", $"release{tag}", $"books{tag}");
        await sara.CreateAsync("کوه‌نوردی جمعه", hike);
        await bob.CreateAsync("Release 2.0", release);
        await bob.CreateAsync("Books & tea", books, "private");
        await sara.SayAsync(hike, "سلام بچه‌ها! جمعه ساعت ۶:۳۰ صبح، ایستگاه اول توچال.");
        await bob.SayAsync(hike, "I’m in. Is the cable car open?");
        await sara.SayAsync(hike, "بله، تا ساعت 16 باز است. برنامه:\nhttps://www.tochal.org/timetable (به انگلیسی هم هست)");
        await bob.SayAsync(hike, "عالی! من چای می‌آورم ☕");
        await sara.SayAsync(hike, "پس قرارمان شد. GPS و کفش خوب یادتان نرود.");
        await bob.SayAsync(release, "Morning! The build is green, we can tag v2.0 today.");
        await sara.SayAsync(release, "Great. One thing left:\n```\ndotnet publish -c Release\n```\nand then the notes: https://example.org/notes/2.0");
        await bob.SayAsync(release, "On it. I’ll write them in English, could you do the Persian ones?");
        await sara.SayAsync(release, "حتماً، تا ظهر آماده است.");
        await bob.SayAsync(release, "Thank you, سارا!");
        await sara.ReadAsync(hike, 5);
        await bob.ReadAsync(release, 5);
        await bob.SayAsync(books, "What are we reading next?");
        await sara.WriteToAsync(bob, "Did you see the photos?");
        await bob.WriteToAsync(sara, "عکس‌ها را دیدی؟");
        return hike;
    }
}
