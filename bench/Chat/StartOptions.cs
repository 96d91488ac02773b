namespace ServerlessChat.Bench;

/// <param name="Runs">Starts of each variant. Default 10.</param>
/// <param name="App">Folders that the function app was published to before, separated by commas; null publishes it in every way: minutes.</param>
/// <param name="Bare">The same of the bare app; null publishes it as the package is.</param>
internal sealed record StartOptions(int Runs, StorageKind Storage, string? App, string? Bare)
{
    public static StartOptions From(Arguments arguments)
    {
        arguments.RequireKnown("runs", "storage", "app", "bare");
        return new StartOptions(arguments.Number("runs", 10, 1, 1000), arguments.Storage(), arguments.Text("app"), arguments.Text("bare"));
    }
}
