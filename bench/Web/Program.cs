using Microsoft.Playwright;
using ServerlessChat.Bench.Web;

// How fast the web client is and what it looks like, in Chromium against a chat that runs already. See bench/README.md.
const string Usage = """
    Usage: dotnet run -c Release --project bench/Web -- COMMAND [--url http://localhost:8000]
      measure [--messages 5000] [--loads 10]
      screenshots [--out artifacts/screenshots] [--tag -2, to names that are taken]
    The chat has to take many messages at once: Messages__SendsPerSecond=100000 Messages__SendBurst=1000000 ./run.sh
    """;

string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : otherwise;

using IPlaywright playwright = await Playwright.CreateAsync();
await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
{
    ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
    Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
var chat = new Chat(new Uri(Option("--url", "http://localhost:8000")));
switch (args.FirstOrDefault())
{
    case "measure":
        await new Measure(browser, chat).RunAsync(int.Parse(Option("--messages", "5000")), int.Parse(Option("--loads", "10")));
        return 0;
    case "screenshots":
        await new Screenshots(browser, chat).RunAsync(Option("--out", "artifacts/screenshots"), Option("--tag", ""));
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
