using ServerlessChat.Bench.Load;

namespace ServerlessChat.Bench;

/// <summary>Reading the newest 50 messages of a group that has 300.</summary>
internal static class PageBench
{
    private const int Messages = 300;
    private const string Slug = "history";

    public static async Task RunAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        await using Load.Bench bench = await Load.Bench.StartAsync(options, cancellationToken);
        await bench.CreateGroupAsync(Slug, Enumerable.Range(0, options.Workers), cancellationToken);
        for (int i = 1; i <= Messages; i++)
        {
            await bench.Chat.PostAsync(bench.People[i % options.Workers], Slug, Texts.Message(i), cancellationToken);
        }

        await Console.Error.WriteLineAsync("Warming up …");
        await ReadAsync(options.WarmUp);
        var rounds = new List<Round>();
        for (int i = 0; i < options.Rounds; i++)
        {
            rounds.Add(await ReadAsync(options));
        }

        RoundTable.Write($"GET of a page of 50 of {Messages} messages: {options.Workers} readers, {options.Storage}.", "pages", rounds);

        Task<Round> ReadAsync(LoadOptions round) => Round.RunAsync(
            round,
            bench.App,
            bench.Storage,
            worker => bench.Chat.ReadPageAsync(bench.People[worker], Slug, "", cancellationToken));
    }
}
