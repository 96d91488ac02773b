namespace ServerlessChat.Bench;

/// <param name="Runs">Starts of each variant. Default 10.</param>
/// <param name="Composite">Also measures the self-contained build with the framework compiled in: minutes to publish.</param>
internal sealed record StartOptions(int Runs, StorageKind Storage, bool Composite)
{
    public static StartOptions From(Arguments arguments)
    {
        arguments.RequireKnown("runs", "storage", "composite");
        return new StartOptions(arguments.Number("runs", 10, 1, 1000), arguments.Storage(), arguments.Has("composite"));
    }
}
