using System.Diagnostics;

namespace ServerlessChat.Bench.Sockets;

/// <summary>What was sent when, and when the last receiver had it. Safe for many threads; a delivery costs one atomic decrement.</summary>
/// <param name="capacity">Messages at most.</param>
/// <param name="receivers">Who must get each message.</param>
internal sealed class Ledger(int capacity, int receivers)
{
    // By a message's number, which its sender gives it.
    private readonly long[] _sentAt = new long[capacity];
    private readonly long[] _idOf = new long[capacity];

    // By a message's id, which the app gives it.
    private readonly int[] _delivered = new int[capacity + 1];
    private readonly long[] _doneAt = new long[capacity + 1];

    private readonly TaskCompletionSource _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _sent;
    private int _identified;
    private int _done;
    private volatile bool _isSealed;

    public int Sent => Math.Min(Volatile.Read(ref _sent), capacity);

    /// <summary>Completes when nothing more is sent, every receiver has got every message, and every sender its own; fails with the first failure.</summary>
    public Task Whole => _whole.Task;

    /// <summary>Enters a message.</summary>
    /// <param name="sentAt">The time from which its latency counts.</param>
    /// <returns>Its number; null when the round is over.</returns>
    public int? TryEnter(long sentAt)
    {
        if (_isSealed || Interlocked.Increment(ref _sent) is var count && count > capacity)
        {
            return null;
        }

        _sentAt[count - 1] = sentAt;
        return count - 1;
    }

    /// <summary>Its sender got its message back.</summary>
    public void Identify(int number, long id)
    {
        _idOf[number] = id;
        Interlocked.Increment(ref _identified);
        CompleteIfWhole();
    }

    /// <summary>One receiver got a message.</summary>
    public void Deliver(long id)
    {
        if (id > capacity)
        {
            Fail(new BenchException($"A message has the id {id}; {Sent} were sent."));
        }
        else if (Interlocked.Increment(ref _delivered[id]) == receivers)
        {
            _doneAt[id] = Stopwatch.GetTimestamp();
            Interlocked.Increment(ref _done);
            CompleteIfWhole();
        }
    }

    /// <summary>Nothing more is sent. Called when no sender is at it any more.</summary>
    public void Seal()
    {
        _isSealed = true;
        CompleteIfWhole();
    }

    public void Fail(Exception exception) => _whole.TrySetException(exception);

    /// <summary>Milliseconds from each send to the last receiver, ascending. For a whole ledger alone.</summary>
    public List<double> Latencies()
    {
        List<double> all = [.. Enumerable.Range(0, Sent).Select(number => Stopwatch.GetElapsedTime(_sentAt[number], _doneAt[_idOf[number]]).TotalMilliseconds)];
        all.Sort();
        return all;
    }

    private void CompleteIfWhole()
    {
        if (_isSealed && Volatile.Read(ref _done) == Sent && Volatile.Read(ref _identified) == Sent)
        {
            _whole.TrySetResult();
        }
    }
}
