using System.Collections.Concurrent;
using Microsoft.Playwright;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Browser;

/// <param name="Language">Of the browser: <c>en</c> or <c>fa</c>.</param>
/// <param name="Failures">The test makes requests fail, which Chromium reports as errors of the page.</param>
internal sealed record PersonOptions(string Language = "en", bool Dark = false, int Width = 1280, int Height = 800, bool Failures = false, bool FakeClock = false);

/// <summary>Somebody in front of the web client.</summary>
internal sealed class Person
{
    private const float Limit = 20_000;
    private readonly BrowserChain _chain;
    private readonly PersonOptions _options;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource _isLive = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Person(BrowserChain chain, PersonOptions options, IBrowserContext context, IPage page)
    {
        (_chain, _options, Context, Page) = (chain, options, context, page);
        Watch(page);
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, _) => _isLive.TrySetResult();
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public bool IsPersian => _options.Language is "fa";

    /// <summary>The same person by the API; after <see cref="LogInAsync"/> or <see cref="RegisterAsync"/>.</summary>
    public ChatUser User { get; private set; } = null!;

    /// <summary>What went wrong on the page: exceptions, errors in the console (violations of the Content-Security-Policy among them).</summary>
    public IEnumerable<string> Errors => _errors;

    public ILocator Messages => Page.Locator(".messages .message:not(.pending)");

    public static async Task<Person> OpenAsync(IBrowser browser, BrowserChain chain, PersonOptions options)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = chain.Address.AbsoluteUri,
            Locale = options.Language is "fa" ? "fa-IR" : "en-US",
            ColorScheme = options.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
        });
        context.SetDefaultTimeout(Limit);
        if (options.FakeClock)
        {
            await context.Clock.InstallAsync();
        }

        var person = new Person(chain, options, context, await context.NewPageAsync());
        await person.Page.GotoAsync("/");
        return person;
    }

    /// <summary>Waits until the page has a socket: what happens before is found by reading, without a word.</summary>
    public Task BeLiveAsync() => Eventually.DoneAsync(_isLive.Task, "the page's socket");

    /// <summary>Another tab of the same browser.</summary>
    public async Task<IPage> NewTabAsync()
    {
        IPage page = await Context.NewPageAsync();
        Watch(page);
        await page.GotoAsync("/");
        return page;
    }

    /// <summary>Registers on the page, as a newcomer does.</summary>
    public async Task RegisterAsync(string username)
    {
        string password = $"secret of {Guid.NewGuid():N}";
        await Page.GetByRole(AriaRole.Link, new() { Name = Say("Register", "ثبت‌نام") }).ClickAsync();
        await FillAsync(Say("Username", "نام کاربری"), username);
        await Page.Locator("[name=password1]").FillAsync(password);
        await Page.Locator("[name=password2]").FillAsync(password);
        await PressAsync(Say("Register", "ثبت‌نام"));
        await Page.Locator(".shell").WaitForAsync();
        User = await _chain.Host.LogInAsync(username, password);
    }

    public async Task LogInAsync(ChatUser user)
    {
        User = user;
        await FillAsync(Say("Username", "نام کاربری"), user.Username);
        await Page.Locator("[name=password]").FillAsync(user.Password);
        await PressAsync(Say("Log in", "ورود"));
        await Page.Locator(".shell").WaitForAsync();
    }

    /// <summary>Opens a conversation by its address.</summary>
    public async Task GoAsync(string kind, string name, IPage? page = null)
    {
        await (page ?? Page).EvaluateAsync("hash => { location.hash = hash; }", $"#/{kind}/{Uri.EscapeDataString(name)}");
        await (page ?? Page).Locator(".composer textarea").WaitForAsync();
    }

    /// <summary>Types a message and presses Enter; does not wait for what becomes of it.</summary>
    public async Task WriteAsync(string text)
    {
        ILocator area = Page.Locator(".composer textarea");
        await area.FillAsync(text);
        await area.PressAsync("Enter");
    }

    /// <summary>Waits until a message with this text is in the log.</summary>
    public Task SeeAsync(string text, IPage? page = null) =>
        (page ?? Page).Locator(".messages .message:not(.pending)", new() { HasText = text }).First.WaitForAsync();

    /// <summary>The ids on the page, from the top.</summary>
    public async Task<int[]> IdsAsync(IPage? page = null) =>
        await (page ?? Page).EvaluateAsync<int[]>("() => [...document.querySelectorAll('.message[data-id]')].map(one => Number(one.dataset.id))");

    public Task FillAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>The text in this person's language.</summary>
    public string Say(string english, string persian) => IsPersian ? persian : english;

    /// <summary>Waits until a line of script is true on the page.</summary>
    public Task UntilAsync(string script, IPage? page = null) => (page ?? Page).WaitForFunctionAsync(script, null, new() { Timeout = Limit });

    public async Task CloseAsync() => await Context.CloseAsync();

    private void Watch(IPage page)
    {
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            bool isFailure = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                || message.Text.Contains("WebSocket connection to", StringComparison.Ordinal);
            if (message.Type is "error" && !(isFailure && _options.Failures))
            {
                _errors.Enqueue(message.Text);
            }
        };
    }
}
