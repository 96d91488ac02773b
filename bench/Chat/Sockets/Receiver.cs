namespace ServerlessChat.Bench.Sockets;

/// <summary>One receiver's messages: each has the next id, or it was sent again.</summary>
internal sealed class Receiver(Ledger ledger)
{
    private long _last;

    /// <exception cref="BenchException">A message is missing, or came too early.</exception>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        long id = MessageFrame.ReadId(frame);
        if (id > _last + 1)
        {
            throw new BenchException($"A receiver got message {id} after message {_last}.");
        }

        if (id == _last + 1)
        {
            _last = id;
            ledger.Deliver(id);
        }
    }
}
