namespace ServerlessChat.Bench;

/// <param name="Workers">Concurrent senders or readers; each sends its next request when the last one is answered. Default 16.</param>
/// <param name="Groups">Groups they are spread over. Default 1.</param>
/// <param name="Seconds">Of one round. Default 10.</param>
/// <param name="Rounds">The figures are medians of this many. Default 3.</param>
/// <param name="Requests">Ends a round early. Default: none, but 2,000 on Azurite, which slows down with every row of a partition.</param>
/// <param name="App">A folder that the function app was published to before; null publishes it anew.</param>
internal sealed record LoadOptions(int Workers, int Groups, int Seconds, int Rounds, int Requests, StorageKind Storage, string? App)
{
    private const int AzuriteRequests = 2000;

    public static LoadOptions From(Arguments arguments, string workers)
    {
        arguments.RequireKnown(workers, "groups", "seconds", "rounds", "messages", "storage", "app");
        StorageKind storage = arguments.Storage();
        return new LoadOptions(
            arguments.Number(workers, 16, 1, 1000),
            arguments.Number("groups", 1, 1, 1000),
            arguments.Number("seconds", 10, 1, 3600),
            arguments.Number("rounds", 3, 1, 100),
            arguments.Number("messages", storage == StorageKind.Azurite ? AzuriteRequests : int.MaxValue, 1, int.MaxValue),
            storage,
            arguments.Text("app"));
    }
}
