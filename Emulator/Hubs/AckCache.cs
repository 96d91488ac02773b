namespace Emulator.Hubs;

/// <summary>The ack ids of a connection that succeeded, so that a repeat is told. It forgets the oldest past 1,000, as the vendor's emulator does.</summary>
internal sealed class AckCache
{
    private const int Capacity = 1000;

    private readonly HashSet<ulong> _known = [];
    private readonly Queue<ulong> _order = [];

    public bool Contains(ulong ackId) => _known.Contains(ackId);

    public void Remember(ulong ackId)
    {
        if (!_known.Add(ackId))
        {
            return;
        }

        _order.Enqueue(ackId);
        if (_order.Count > Capacity)
        {
            _known.Remove(_order.Dequeue());
        }
    }
}
