namespace ServerlessChat.Messages;

/// <summary>The writes that wait for a conversation's writer, in order of arrival.</summary>
internal sealed class WriteQueue(TimeProvider time)
{
    /// <summary>
    /// Writes that may wait to be stored, and entries that may wait to be published. Beyond it storage or Web PubSub is not keeping up, and who is told so now can try again; nobody's
    /// memory grows.
    /// </summary>
    public const int MaxWaiting = 1_000;

    /// <summary>Appends in one transaction: with head, markers and joins within Table Storage's 100 operations.</summary>
    private const int MaxAppends = 32;

    /// <summary>UTF-16 characters in one transaction: at most 6 bytes each in JSON, well under Table Storage's 4 MiB.</summary>
    private const int MaxCharacters = 400_000;

    private readonly Lock _gate = new();
    private readonly Queue<PendingWrite> _waiting = new();
    private bool _isTaken;

    /// <summary>Whether nothing waits and nothing that was taken is being written.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_isTaken && _waiting.Count == 0;
            }
        }
    }

    /// <summary>Adds a write; false when the queue is full.</summary>
    /// <param name="starts">Nobody is taking: the caller has to start.</param>
    public bool TryAdd(PendingWrite write, out bool starts)
    {
        lock (_gate)
        {
            starts = false;
            if (_waiting.Count >= MaxWaiting)
            {
                return false;
            }

            write.Since = time.GetTimestamp();
            _waiting.Enqueue(write);
            (starts, _isTaken) = (!_isTaken, true);
            return true;
        }
    }

    /// <summary>The next writes that one transaction can hold. None: whoever was taking stops, and the next write starts anew.</summary>
    public List<PendingWrite> Take()
    {
        var taken = new List<PendingWrite>();
        int characters = 0;
        lock (_gate)
        {
            while (_waiting.TryPeek(out PendingWrite? next) && (IsOver(next) || FitsWith(taken, next, ref characters)))
            {
                _waiting.Dequeue();
                if (!IsOver(next))
                {
                    taken.Add(next);
                }
            }

            _isTaken = taken.Count > 0;
        }

        return taken;
    }

    /// <summary>Whether its sender has gone, or it has waited for too long.</summary>
    private bool IsOver(PendingWrite write)
    {
        if (!write.IsOver && time.GetElapsedTime(write.Since) > PendingWrite.Patience)
        {
            write.FailUnavailable();
        }

        return write.IsOver;
    }

    private static bool FitsWith(List<PendingWrite> taken, PendingWrite next, ref int characters)
    {
        int length = (next as PendingAppend)?.Message.Text.Length ?? 0;
        bool fits = taken.Count == 0
            || (taken.Count < MaxAppends && taken[0] is PendingAppend && next is PendingAppend && next.Conversation == taken[0].Conversation
                && characters + length <= MaxCharacters);
        characters += length;
        return fits;
    }
}
