namespace ServerlessChat.Bench;

/// <param name="Workers">Concurrent senders or readers; each sends its next request when the last one is answered. Default 16.</param>
/// <param name="Groups">Groups they are spread over. Default 1.</param>
/// <param name="Seconds">Of one round. Default 10.</param>
/// <param name="Rounds">The figures are medians of this many. Default 3.</param>
/// <param name="Requests">Ends a round early. Default: none, but 2,000 messages on Azurite, which slows down with every row of a partition.</param>
/// <param name="App">A folder that the function app was published to before; null publishes it anew.</param>
internal sealed record LoadOptions(int Workers, int Groups, int Seconds, int Rounds, int Requests, StorageKind Storage, string? App)
{
    private const int AzuriteRequests = 2000;
    private const int WarmRequests = 40_000;
    private const int LongestWarmUp = 60;

    /// <summary>
    /// What runs before the first round: the runtime compiles hot methods twice more after the first call, and by then the figures
    /// would be the compiler's.
    /// </summary>
    public LoadOptions WarmUp => this with { Seconds = LongestWarmUp, Requests = Math.Min(Requests, WarmRequests) };

    /// <param name="workers">The name of the option for <see cref="Workers"/>.</param>
    /// <param name="writes">Whether the storage grows by the requests.</param>
    public static LoadOptions From(Arguments arguments, string workers, bool writes)
    {
        arguments.RequireKnown(workers, "groups", "seconds", "rounds", "requests", "storage", "app");
        StorageKind storage = arguments.Storage();
        int requests = writes && storage == StorageKind.Azurite ? AzuriteRequests : int.MaxValue;
        return new LoadOptions(
            arguments.Number(workers, 16, 1, 1000),
            arguments.Number("groups", 1, 1, 1000),
            arguments.Number("seconds", 10, 1, 3600),
            arguments.Number("rounds", 3, 1, 100),
            arguments.Number("requests", requests, 1, int.MaxValue),
            storage,
            arguments.Text("app"));
    }
}
