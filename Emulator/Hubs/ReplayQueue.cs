namespace Emulator.Hubs;

/// <summary>What a reliable client has not acknowledged, in order of sequence ids.</summary>
internal sealed class ReplayQueue(int maxMessages, int maxBytes)
{
    private readonly Queue<(ulong SequenceId, OutboundMessage Message)> _messages = [];
    private ulong _last;
    private long _bytes;

    /// <returns>The message's sequence id, from 1 and rising by 1; 0 when the queue is full: the session is lost.</returns>
    public ulong Add(OutboundMessage message)
    {
        var bytes = SizeOf(message);
        if (_messages.Count >= maxMessages || (_messages.Count > 0 && _bytes + bytes > maxBytes))
        {
            return 0;
        }

        _messages.Enqueue((++_last, message));
        _bytes += bytes;
        return _last;
    }

    /// <summary>Forgets everything up to this id.</summary>
    public void Acknowledge(ulong sequenceId)
    {
        while (_messages.TryPeek(out var head) && head.SequenceId <= sequenceId)
        {
            _bytes -= SizeOf(_messages.Dequeue().Message);
        }

        if (_messages.Count == 0)
        {
            _messages.TrimExcess(capacity: 0);
        }
    }

    public IEnumerable<(ulong SequenceId, OutboundMessage Message)> Unacknowledged => _messages;

    // As the outbox counts, so that what is kept here fits there.
    private static int SizeOf(OutboundMessage message) => message.ReliableJsonFrame(1).MaxLength;
}
