namespace Emulator.Hubs;

/// <summary>Connections by id, with an array for fan-out that is made anew only after a change.</summary>
/// <remarks>Not safe for many threads: the hub's lock guards it. The array is never changed and may be read outside.</remarks>
internal sealed class MemberSet
{
    private readonly Dictionary<string, Connection> _members = new(StringComparer.Ordinal);
    private Connection[]? _snapshot;

    public int Count => _members.Count;

    public Connection[] Snapshot => _snapshot ??= [.. _members.Values];

    public Connection? Find(string connectionId) => _members.GetValueOrDefault(connectionId);

    public void Add(Connection connection)
    {
        if (_members.TryAdd(connection.Id, connection))
        {
            _snapshot = null;
        }
    }

    public void Remove(Connection connection)
    {
        if (_members.Remove(connection.Id))
        {
            _snapshot = null;
        }
    }
}
