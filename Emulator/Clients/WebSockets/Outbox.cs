using System.Runtime.InteropServices;

namespace Emulator.Clients.WebSockets;

/// <summary>
/// Frames that wait for one client: bounded, first in first out, taken in batches. It holds no memory and no task while it is empty.
/// </summary>
/// <remarks>Any thread may add; one pump at a time takes. A new outbox counts as being pumped: its owner starts the first pump.</remarks>
internal sealed class Outbox(int maxMessages, int maxBytes)
{
    private const int KeptCapacity = 64;

    private readonly Lock _lock = new();
    private List<OutboundFrame>? _waiting;
    private List<OutboundFrame>? _taken;
    private long _waitingBytes;
    private long _takenBytes;
    private bool _pumping = true;
    private bool _sealed;

    /// <summary>What became of a frame.</summary>
    public enum Outcome
    {
        /// <summary>Taken; a pump is at work.</summary>
        Added,

        /// <summary>Taken; the caller must start the pump.</summary>
        AddedToIdle,

        /// <summary>Refused: the client is too slow.</summary>
        Full,

        /// <summary>Refused: the close frame is already queued.</summary>
        Sealed,
    }

    public bool IsSealed
    {
        get
        {
            lock (_lock)
            {
                return _sealed;
            }
        }
    }

    /// <param name="last">The close frame: nothing may follow it, and no bound holds for it.</param>
    public Outcome Add(in OutboundFrame frame, bool last = false)
    {
        lock (_lock)
        {
            if (_sealed)
            {
                return Outcome.Sealed;
            }

            var length = frame.MaxLength;
            var count = (_waiting?.Count ?? 0) + (_taken?.Count ?? 0);
            var bytes = _waitingBytes + _takenBytes;

            // One message always fits, however small the bound.
            if (!last && count > 0 && (count >= maxMessages || bytes + length > maxBytes))
            {
                return Outcome.Full;
            }

            _sealed = last;
            _waitingBytes += length;
            (_waiting ??= new(capacity: 4)).Add(frame);
            if (_pumping)
            {
                return Outcome.Added;
            }

            _pumping = true;
            return Outcome.AddedToIdle;
        }
    }

    /// <summary>What the pump has in its hands, in order. For the pump alone.</summary>
    public ReadOnlySpan<OutboundFrame> Taken => CollectionsMarshal.AsSpan(_taken);

    /// <summary>Takes everything that waits and returns how many frames these are. 0: the pump must stop, the next frame starts it again.</summary>
    /// <param name="isFinished">Nothing waits, and nothing will: decided together, or a close frame that is queued in between is lost.</param>
    public int TakeAll(out bool isFinished)
    {
        lock (_lock)
        {
            isFinished = _sealed && _waiting is not { Count: > 0 };
            Forget(ref _taken);
            _takenBytes = 0;
            if (_waiting is null or { Count: 0 })
            {
                _pumping = false;
                return 0;
            }

            (_waiting, _taken) = (_taken, _waiting);
            (_waitingBytes, _takenBytes) = (0, _waitingBytes);
            return _taken!.Count;
        }
    }

    /// <summary>Refuses everything from now on and lets go of what waits. What a pump has in its hands stays valid.</summary>
    public void Discard()
    {
        lock (_lock)
        {
            _sealed = true;
            _waiting = null;
            _waitingBytes = 0;
        }
    }

    private static void Forget(ref List<OutboundFrame>? frames)
    {
        if (frames is { Capacity: > KeptCapacity })
        {
            frames = null;
        }

        frames?.Clear();
    }
}
