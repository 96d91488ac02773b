namespace ServerlessChat.Bench.Sockets;

/// <summary>The people of a round, each on a negotiated socket to the group.</summary>
internal sealed class Crowd : IDisposable
{
    private const int MaxParallelConnects = 8;

    private readonly PlainSocket[] _sockets;

    private Crowd(PlainSocket[] sockets, Sender[] senders)
    {
        _sockets = sockets;
        Senders = senders;
    }

    public IReadOnlyList<Sender> Senders { get; }

    /// <summary>Connects everybody. A public group's first socket makes a member.</summary>
    public static async Task<Crowd> ConnectAsync(Load.Bench bench, string slug, SocketOptions options, Ledger ledger, CancellationToken cancellationToken)
    {
        var sockets = new PlainSocket[bench.People.Count];
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelConnects, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, sockets.Length, bounded, async (index, stop) =>
            sockets[index] = await PlainSocket.ConnectAsync(await bench.Chat.NegotiateAsync(bench.People[index], slug, stop), stop));

        Sender[] senders = [.. sockets.Skip(options.Receivers).Select(socket => new Sender(socket, ledger, isClosed: options.Rate is null))];
        for (int i = 0; i < sockets.Length; i++)
        {
            _ = ReadAsync(sockets[i], i < options.Receivers ? new Receiver(ledger).OnFrame : senders[i - options.Receivers].OnFrame, ledger);
        }

        return new Crowd(sockets, senders);
    }

    public void Dispose()
    {
        foreach (PlainSocket socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private static async Task ReadAsync(PlainSocket socket, PlainSocket.FrameHandler onFrame, Ledger ledger)
    {
        try
        {
            await socket.RunAsync(frame =>
            {
                if (!MessageFrame.IsPresence(frame))
                {
                    onFrame(frame);
                }
            });
        }
        catch (Exception failure)
        {
            ledger.Fail(failure);
        }
    }
}
