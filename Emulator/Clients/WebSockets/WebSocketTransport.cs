using System.Buffers;

namespace Emulator.Clients.WebSockets;

/// <summary>The sending half of one WebSocket, and its end. Queued frames go out together in as few writes as possible.</summary>
/// <remarks>
/// All members may be called from any thread and none waits for the network. It takes frames before the handshake is answered: whoever reads that
/// answer may be sent to at once.
/// </remarks>
internal sealed class WebSocketTransport(Action abort, WebSocketTransport.Limits limits, TimeProvider timeProvider)
    : IThreadPoolWorkItem, IDisposable
{
    private const int BatchSize = 32 * 1024;

    private static readonly byte[] PingFrame = FrameWriter.Encode(OpCode.Ping, []);

    private readonly Outbox _outbox = new(limits.MaxQueuedMessages, limits.MaxQueuedBytes);
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Stream? _stream;
    private ITimer? _closeTimer;
    private bool _aborted;
    private long _lastPing = timeProvider.GetTimestamp();
    private long _unansweredPing;

    /// <param name="MaxQueuedMessages">Messages that may wait.</param>
    /// <param name="MaxQueuedBytes">Bytes that may wait.</param>
    /// <param name="CloseTimeout">From the close frame to cutting the TCP connection.</param>
    internal sealed record Limits(int MaxQueuedMessages, int MaxQueuedBytes, TimeSpan CloseTimeout);

    /// <summary>Whether the close frame is queued or the connection cut.</summary>
    public bool IsClosing => _outbox.IsSealed;

    /// <summary>Completes when the close frame is written or the connection cut.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Begins to write what waits and what comes.</summary>
    public void Start(Stream stream)
    {
        _stream = stream;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Queues a frame.</summary>
    /// <returns>False when the client is too slow: the caller ends the connection. True also when the socket closes and the frame is dropped.</returns>
    public bool TrySend(in OutboundFrame frame)
    {
        var outcome = _outbox.Add(frame);
        StartIf(outcome);
        return outcome != Outbox.Outcome.Full;
    }

    /// <summary>Notes a sign of life. Any frame counts.</summary>
    public void Touch() => _unansweredPing = 0;

    /// <summary>Sends a ping when it is time, or cuts the connection when the last one stayed unanswered for too long.</summary>
    /// <param name="isBusy">The client's frames are not read at the moment: silence says nothing.</param>
    public void KeepAlive(TimeSpan interval, TimeSpan timeout, bool isBusy)
    {
        var now = timeProvider.GetTimestamp();
        if (_unansweredPing != 0)
        {
            if (isBusy)
            {
                Touch();
            }
            else if (timeProvider.GetElapsedTime(_unansweredPing, now) >= timeout)
            {
                Abort();
            }
        }
        else if (timeProvider.GetElapsedTime(_lastPing, now) >= interval)
        {
            _lastPing = _unansweredPing = now;
            TrySend(new(PingFrame));
        }
    }

    public void SendPong(ReadOnlySpan<byte> payload) => TrySend(new(FrameWriter.Encode(OpCode.Pong, payload)));

    /// <summary>Queues the close frame behind what waits; the connection is cut if the handshake takes longer than the limit.</summary>
    public void Close(ushort code, string reason)
    {
        var outcome = _outbox.Add(new(FrameWriter.EncodeClose(code, reason)), last: true);
        if (outcome == Outbox.Outcome.Sealed)
        {
            return;
        }

        _closeTimer = timeProvider.CreateTimer(static self => ((WebSocketTransport)self!).Abort(), this, limits.CloseTimeout, Timeout.InfiniteTimeSpan);
        StartIf(outcome);
    }

    /// <summary>Cuts the TCP connection.</summary>
    public void Abort()
    {
        if (Interlocked.Exchange(ref _aborted, true))
        {
            return;
        }

        _outbox.Discard();
        _finished.TrySetResult();
        abort();
    }

    /// <summary>The pump's start, called by the thread pool.</summary>
    public void Execute() => _ = PumpAsync();

    public void Dispose()
    {
        // From here on the request is over: its connection is not ours to cut any more.
        Interlocked.Exchange(ref _aborted, true);
        _outbox.Discard();
        _closeTimer?.Dispose();
    }

    private void StartIf(Outbox.Outcome outcome)
    {
        if (outcome == Outbox.Outcome.AddedToIdle)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    private async Task PumpAsync()
    {
        byte[]? batch = null;
        try
        {
            while (await WriteWaitingAsync(batch ??= ArrayPool<byte>.Shared.Rent(BatchSize)))
            {
            }
        }
#pragma warning disable CA1031 // Whatever a broken connection throws, the answer is the same: it is gone.
        catch (Exception)
#pragma warning restore CA1031
        {
            Abort();
        }
        finally
        {
            if (batch is not null)
            {
                ArrayPool<byte>.Shared.Return(batch);
            }
        }
    }

    private async ValueTask<bool> WriteWaitingAsync(byte[] batch)
    {
        var count = _outbox.TakeAll(out var isFinished);
        if (count == 0)
        {
            if (isFinished)
            {
                _finished.TrySetResult();
            }

            return false;
        }

        for (var next = 0; next < count;)
        {
            (next, var bytes) = Combine(next, batch);
            await _stream!.WriteAsync(bytes);
        }

        return true;
    }

    /// <summary>As many frames as fit into the batch; a larger one goes alone, without a copy where it is shared.</summary>
    private (int Next, ReadOnlyMemory<byte> Bytes) Combine(int next, byte[] batch)
    {
        var frames = _outbox.Taken;
        var first = frames[next];
        if (first.SequenceId == 0 && (first.MaxLength > batch.Length || next == frames.Length - 1))
        {
            return (next + 1, first.Bytes);
        }

        if (first.MaxLength > batch.Length)
        {
            var single = new byte[first.MaxLength];
            return (next + 1, single.AsMemory(0, first.CopyTo(single)));
        }

        var used = 0;
        while (next < frames.Length && frames[next].MaxLength <= batch.Length - used)
        {
            used += frames[next++].CopyTo(batch.AsSpan(used));
        }

        return (next, batch.AsMemory(0, used));
    }
}
