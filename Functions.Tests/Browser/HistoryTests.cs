using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Browser;

/// <summary>A long history: loaded on the way up, without a jump.</summary>
public sealed class HistoryTests(AzuriteFixture azurite, BrowserFixture browser) : BrowserTest(azurite, browser)
{
    private const int Count = 500;

    /// <summary>Where the message is that stands in the middle of the list: its id, and its lower edge.</summary>
    private const string Middle = """
        () => {
          const box = document.querySelector('.messages').getBoundingClientRect();
          for (let y = box.top + box.height / 2; y < box.bottom; y += 4) {
            const found = document.elementFromPoint(box.left + box.width / 2, y)?.closest('.message')
              ?? document.elementFromPoint(box.left + 60, y)?.closest('.message');
            if (found) return [Number(found.dataset.id), found.querySelector('time').getBoundingClientRect().bottom];
          }
        }
        """;

    [Fact]
    public async Task Five_Hundred_Messages_Scroll_To_The_First_Without_A_Jump()
    {
        Person bob = await Chain.SignedInAsync();
        Room room = await bob.User.OpenAsync();
        await FillAsync(bob.User, room);
        await bob.GoAsync("group", room.Slug);
        await bob.SeeAsync($"message {Count}.");
        await bob.UntilAsync("() => { const list = document.querySelector('.messages'); return list.scrollHeight - list.scrollTop - list.clientHeight < 2; }");

        for (int loaded = (await bob.IdsAsync()).Length; loaded < Count; loaded = (await bob.IdsAsync()).Length)
        {
            await ScrollUpAsync(bob, loaded);
        }

        await bob.Page.EvaluateAsync("() => { document.querySelector('.messages').scrollTop = 0; }");
        await bob.Page.GetByText("This is the beginning.").WaitForAsync();
        Assert.Equal(Enumerable.Range(1, Count), await bob.IdsAsync());
        await bob.Page.Locator(".to-end").ClickAsync();
        await bob.UntilAsync("() => { const list = document.querySelector('.messages'); return list.scrollHeight - list.scrollTop - list.clientHeight < 2; }");
    }

    [Fact]
    public async Task Who_Reads_Older_Ones_Is_Not_Moved_By_A_New_One()
    {
        Person bob = await Chain.SignedInAsync();
        Room room = await bob.User.OpenAsync();
        ChatUser sara = await Chain.Host.SignedInAsync();
        for (int i = 1; i <= 45; i++)
        {
            await sara.SayAsync(room, $"line {i}").Is(201);
        }

        await bob.GoAsync("group", room.Slug);
        await bob.SeeAsync("line 45");
        await bob.PressAsync("To the newest messages, 45 unread");
        await bob.UntilAsync("() => document.title === 'ServerlessChat'");
        await bob.Page.EvaluateAsync("() => { document.querySelector('.messages').scrollTop = 200; }");
        await bob.Page.Locator(".to-end").WaitForAsync();
        double[] before = await bob.Page.EvaluateAsync<double[]>(Middle);
        await sara.SayAsync(room, "a new one").Is(201);
        await bob.SeeAsync("a new one");
        await bob.Page.Locator(".to-end .count", new() { HasText = "1" }).WaitForAsync();
        Assert.Equal(before, await bob.Page.EvaluateAsync<double[]>(Middle));
    }

    /// <summary>Near the top, and then only waits: the page above has to come without moving what is read.</summary>
    private static async Task ScrollUpAsync(Person bob, int loaded)
    {
        // Asked for and measured in one turn of the page's script: what is loaded comes later than that.
        double[] before = await bob.Page.EvaluateAsync<double[]>($"() => {{ document.querySelector('.messages').scrollTop = 300; return ({Middle})(); }}");
        await bob.UntilAsync($"() => document.querySelectorAll('.message[data-id]').length > {loaded}");
        double after = await bob.Page.EvaluateAsync<double>($"() => document.querySelector('.message[data-id=\"{before[0]}\"] time').getBoundingClientRect().bottom");
        Assert.Equal(before[1], after, tolerance: 1.0);
    }

    /// <summary>In order; of different lengths and several writers' turns, so that heights and names differ.</summary>
    private static async Task FillAsync(ChatUser user, Room room)
    {
        for (int i = 1; i <= Count; i += 20)
        {
            await Task.WhenAll(Enumerable.Range(i, 20).Select(n => user.SayAsync(room, $"message {n}." + new string('x', n % 7 * 40)).Is(201)));
        }
    }
}
