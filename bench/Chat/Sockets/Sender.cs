using System.Diagnostics;

namespace ServerlessChat.Bench.Sockets;

/// <summary>Sends over a socket of its own. In a closed loop each message follows the one before as soon as that has come back.</summary>
/// <param name="isClosed">Whether it sends on by itself.</param>
internal sealed class Sender(PlainSocket socket, Ledger ledger, bool isClosed)
{
    // The numbers of those under way; they come back in the order in which they were sent.
    private readonly Queue<int> _underWay = new();

    /// <summary>Sends a message; false when the round is over.</summary>
    /// <param name="sentAt">The time from which its latency counts.</param>
    public bool TrySend(long sentAt)
    {
        if (ledger.TryEnter(sentAt) is not { } number)
        {
            return false;
        }

        lock (_underWay)
        {
            _underWay.Enqueue(number);
        }

        socket.Send(MessageFrame.Write(number));
        return true;
    }

    /// <summary>Everybody's messages come here too.</summary>
    public void OnFrame(ReadOnlySpan<byte> frame)
    {
        int number = MessageFrame.ReadNumber(frame);
        if (!TryTake(number))
        {
            return;
        }

        ledger.Identify(number, MessageFrame.ReadId(frame));
        if (isClosed)
        {
            TrySend(Stopwatch.GetTimestamp());
        }
    }

    private bool TryTake(int number)
    {
        lock (_underWay)
        {
            return _underWay.TryPeek(out int next) && next == number && _underWay.TryDequeue(out _);
        }
    }
}
