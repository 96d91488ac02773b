using ServerlessChat.Bench.Load;
using ServerlessChat.Bench.Sockets;

namespace ServerlessChat.Bench;

/// <summary>Messages from socket to socket: through the emulator to the function app, into storage, and back through the emulator to everybody.</summary>
internal static class SocketBench
{
    public static async Task RunAsync(SocketOptions options, CancellationToken cancellationToken)
    {
        await InlineCompletions.EnableAsync(cancellationToken);
        await using Load.Bench bench = await Load.Bench.StartAsync(options.Load, cancellationToken, options.Emulator, hasSockets: true);
        await Console.Error.WriteLineAsync("Warming up …");
        await RoundAsync(bench, options.WarmUp, "warm", cancellationToken);
        var rounds = new List<SocketRound>();
        for (int i = 0; i < options.Load.Rounds; i++)
        {
            rounds.Add(await RoundAsync(bench, options, $"round{i}", cancellationToken));
        }

        string loop = options.Rate is { } rate ? $"open loop, {rate} messages/s" : "closed loop";
        SocketTable.Write($"Sockets: {options.Receivers} receivers, {options.Senders} senders, {loop}, {options.Load.Storage}.", options.Rate is null, rounds);
        Console.WriteLine("\nEvery receiver got every message in the order of ids; ids are 1 … N without a hole, N being the messages sent, none of which was refused.");
    }

    /// <summary>In a group of its own, over sockets of its own.</summary>
    private static async Task<SocketRound> RoundAsync(Load.Bench bench, SocketOptions options, string slug, CancellationToken cancellationToken)
    {
        await bench.CreateGroupAsync(slug, [], cancellationToken);
        var ledger = new Ledger(options.Load.Requests, options.Receivers);
        using Crowd crowd = await Crowd.ConnectAsync(bench, slug, options, ledger, cancellationToken);
        SocketRound round = await SocketRound.RunAsync(bench, crowd, ledger, options, cancellationToken);
        await LogCheck.RequireWholeAsync(bench, slug, ledger.Sent, cancellationToken);
        return round;
    }
}
