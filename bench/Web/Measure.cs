using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace ServerlessChat.Bench.Web;

/// <summary>When the first message is seen after a load, and how smooth a long history scrolls.</summary>
internal sealed class Measure(IBrowser browser, Chat chat)
{
    /// <summary>When the first message stood in the page and was painted, in milliseconds since the navigation.</summary>
    private const string FirstMessage = """
        new MutationObserver((_, observer) => {
          if (document.querySelector('.message')) {
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => { window.firstMessage = performance.now(); }));
          }
        }).observe(document, { childList: true, subtree: true });
        """;

    /// <summary>Moves the list a bit in every frame, from the end to the beginning, and tells how far apart the frames were, in milliseconds.</summary>
    private const string Scroll = """
        step => new Promise(done => {
          const list = document.querySelector('.messages');
          const frames = [];
          let last = performance.now();
          list.scrollTop = list.scrollHeight;
          const frame = now => {
            frames.push(now - last);
            last = now;
            list.scrollTop -= step;
            if (list.scrollTop > 0) { requestAnimationFrame(frame); } else { done(frames.slice(2)); }
          };
          requestAnimationFrame(frame);
        })
        """;

    /// <summary>From the Enter to the frame in which one's own message is in the list.</summary>
    private const string Send = """
        text => new Promise(done => {
          const list = document.querySelector('.messages');
          const area = document.querySelector('.composer textarea');
          new MutationObserver((changes, observer) => {
            if (changes.some(({ addedNodes }) => [...addedNodes].some(node => node.textContent.includes(text)))) { observer.disconnect(); requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))); }
          }).observe(list, { childList: true, subtree: true });
          const start = performance.now();
          area.value = text;
          area.dispatchEvent(new Event('input', { bubbles: true }));
          setTimeout(() => area.form.requestSubmit());
        })
        """;

    public async Task RunAsync(int messages, int loads)
    {
        string name = $"bench-{Guid.NewGuid():N}";
        Person person = await chat.JoinAsync(name);
        await person.CreateAsync("Bench", name);
        for (int i = 0; i < messages; i += 50)
        {
            await Task.WhenAll(Enumerable.Range(i, Math.Min(50, messages - i)).Select(n => person.SayAsync(name, $"پیام شمارهٔ {n} of the bench, " + new string('x', n % 9 * 30))));
        }

        IPage page = await chat.OpenAsync(browser, person, new BrowserNewContextOptions { ViewportSize = new() { Width = 1280, Height = 800 } });
        await page.Context.AddInitScriptAsync(FirstMessage);
        Console.WriteLine("| what | median | worst |\n|---|---|---|");
        Print("first message after a load, nothing cached", await LoadAsync(page, $"/#/group/{name}", loads, cached: false));
        Print("first message after a load, cached", await LoadAsync(page, $"/#/group/{name}", loads, cached: true));
        await LoadAllAsync(page, messages);
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        foreach (int step in new[] { 100, 1000 })
        {
            double before = await BusyAsync(session);
            double[] frames = await page.EvaluateAsync<double[]>(Scroll, step);
            double busy = (await BusyAsync(session) - before) / frames.Length;
            Array.Sort(frames);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {messages} messages, {step} px a frame, {frames.Length} frames | {frames[frames.Length / 2]:F1} ms a frame, p99 {frames[frames.Length * 99 / 100]:F1} ms; main thread {busy:F1} ms a frame | {frames[^1]:F1} ms, {frames.Count(f => f > 34)} over 34 ms |"));
        }

        var sends = new List<double>();
        double idle = await BusyAsync(session);
        for (int i = 0; i < loads; i++)
        {
            sends.Add(await page.EvaluateAsync<double>(Send, $"sent {i} of {name}"));
        }

        Print($"one's own message is shown, {messages} in the list; main thread {(await BusyAsync(session) - idle) / loads:F0} ms each", [.. sends]);
    }

    private static async Task<double[]> LoadAsync(IPage page, string address, int loads, bool cached)
    {
        var times = new List<double>();
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        for (int i = 0; i <= loads; i++)
        {
            if (!cached)
            {
                await session.SendAsync("Network.clearBrowserCache");
            }

            await page.GotoAsync("about:blank");
            await page.GotoAsync(address);
            await page.WaitForFunctionAsync("() => window.firstMessage");
            times.Add(await page.EvaluateAsync<double>("() => window.firstMessage"));
        }

        return [.. times.Skip(1)];
    }

    /// <summary>What the page's main thread has worked so far (script, style, layout, painting), in milliseconds.</summary>
    private static async Task<double> BusyAsync(ICDPSession session)
    {
        JsonElement metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics");
        return 1000 * metrics.EnumerateArray().Single(metric => metric.GetProperty("name").GetString() is "TaskDuration").GetProperty("value").GetDouble();
    }

    private static async Task LoadAllAsync(IPage page, int messages)
    {
        for (int loaded = 0; loaded < messages;)
        {
            await page.EvaluateAsync("() => { document.querySelector('.messages').scrollTop = 0; }");
            await page.WaitForFunctionAsync("loaded => document.querySelectorAll('.message[data-id]').length > loaded", loaded);
            loaded = await page.EvaluateAsync<int>("() => document.querySelectorAll('.message[data-id]').length");
        }
    }

    private static void Print(string what, double[] times)
    {
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {times[times.Length / 2]:F0} ms | {times[^1]:F0} ms |"));
    }
}
