using ServerlessChat.Bench.Load;

namespace ServerlessChat.Bench;

/// <summary>Sending to groups, and afterwards the proof that nothing was lost or stored twice.</summary>
internal static class PostBench
{
    public static async Task RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        await using Load.Bench bench = await Load.Bench.StartAsync(options, cancellationToken);
        await Console.Error.WriteLineAsync("Warming up …");
        await RoundAsync(bench, options.WarmUp, "warm", cancellationToken);
        var rounds = new List<Round>();
        for (int i = 0; i < options.Rounds; i++)
        {
            rounds.Add(await RoundAsync(bench, options, $"round{i}", cancellationToken));
        }

        RoundTable.Write($"POST of a message: {options.Workers} senders, {options.Groups} group(s), {options.Storage}.", "messages", rounds);
        Console.WriteLine("\nIds of every group are 1 … N without a hole, N being the messages answered 201.");
    }

    /// <summary>On groups of its own: a log that grows from round to round would be measured with them, on Azurite.</summary>
    private static async Task<Round> RoundAsync(Load.Bench bench, LoadOptions options, string name, CancellationToken cancellationToken)
    {
        int[] stored = new int[options.Groups];
        for (int group = 0; group < options.Groups; group++)
        {
            IEnumerable<int> members = Enumerable.Range(0, options.Workers).Where(worker => worker % options.Groups == group);
            await bench.CreateGroupAsync(Slug(name, group), members, cancellationToken);
        }

        int number = 0;
        Round round = await Round.RunAsync(options, bench.App, bench.Storage, SendAsync);
        for (int group = 0; group < options.Groups; group++)
        {
            await LogCheck.RequireWholeAsync(bench, Slug(name, group), stored[group], cancellationToken);
        }

        return round;

        async Task SendAsync(int worker)
        {
            int group = worker % options.Groups;
            string text = Texts.Message(Interlocked.Increment(ref number));
            await bench.Chat.PostAsync(bench.People[worker], Slug(name, group), text, cancellationToken);
            Interlocked.Increment(ref stored[group]);
        }
    }

    private static string Slug(string name, int group) => $"{name}-{group}";
}
