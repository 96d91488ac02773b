namespace ServerlessChat.Bench;

/// <param name="Load">Its workers are the receivers and then the senders; each is a person with a socket of their own.</param>
/// <param name="Receivers">Who must get every message. Default 100.</param>
/// <param name="Senders">Default 8.</param>
/// <param name="Rate">Messages a second of an open loop, sent at fixed times whatever comes back; null for a closed loop.</param>
/// <param name="Emulator">A folder that the emulator was published to before; null publishes it anew.</param>
internal sealed record SocketOptions(LoadOptions Load, int Receivers, int Senders, int? Rate, string? Emulator)
{
    private const int WarmSeconds = 15;
    private const int AzuriteMessages = 2000;

    /// <summary>Messages of one round at most: their times are kept.</summary>
    private const int MaxMessages = 1_000_000;

    /// <summary>A closed loop: the sooner the runtime has compiled what is hot, the better.</summary>
    public SocketOptions WarmUp => this with { Rate = null, Load = Load with { Seconds = WarmSeconds } };

    public static SocketOptions From(Arguments arguments)
    {
        arguments.RequireKnown("receivers", "senders", "rate", "seconds", "rounds", "storage", "app", "emulator");
        int receivers = arguments.Number("receivers", 100, 1, 10_000);
        int senders = arguments.Number("senders", 8, 1, 1000);
        StorageKind storage = arguments.Storage();
        var load = new LoadOptions(
            receivers + senders,
            Groups: 1,
            arguments.Number("seconds", 10, 1, 3600),
            arguments.Number("rounds", 3, 1, 100),
            storage == StorageKind.Azurite ? AzuriteMessages : MaxMessages,
            storage,
            arguments.Text("app"));
        int? rate = arguments.Has("rate") ? arguments.Number("rate", 50, 1, 10_000) : null;
        return new SocketOptions(load, receivers, senders, rate, arguments.Text("emulator"));
    }
}
