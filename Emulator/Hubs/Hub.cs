using System.Collections.Immutable;

namespace Emulator.Hubs;

/// <summary>One hub's connections, groups and users. Groups live from their first member to their last.</summary>
/// <remarks>Safe for many threads. One short lock guards membership; no message is delivered under it.</remarks>
/// <param name="ended">Told once per connection that left, with the reason.</param>
internal sealed class Hub(string name, HubOptions options, Action<Connection, string> ended)
{
    private readonly Lock _lock = new();
    private readonly MemberSet _connections = new();
    private readonly Dictionary<string, MemberSet> _groups = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemberSet> _users = new(StringComparer.Ordinal);

    /// <summary>In lower case: hub names ignore case.</summary>
    public string Name { get; } = name;

    public HubOptions Options { get; } = options;

    public Connection[] Connections
    {
        get
        {
            lock (_lock)
            {
                return _connections.Snapshot;
            }
        }
    }

    /// <summary>Every group with its number of members.</summary>
    public KeyValuePair<string, int>[] Groups
    {
        get
        {
            lock (_lock)
            {
                return [.. _groups.Select(group => KeyValuePair.Create(group.Key, group.Value.Count))];
            }
        }
    }

    public int GroupCount
    {
        get
        {
            lock (_lock)
            {
                return _groups.Count;
            }
        }
    }

    public Connection? FindConnection(string connectionId)
    {
        lock (_lock)
        {
            return _connections.Find(connectionId);
        }
    }

    public Connection[] MembersOf(string group) => SnapshotOf(_groups, group);

    public Connection[] ConnectionsOf(string userId) => SnapshotOf(_users, userId);

    /// <summary>Makes a connection known, in its first groups at once.</summary>
    public void Add(Connection connection, IEnumerable<string> groups)
    {
        lock (_lock)
        {
            _connections.Add(connection);
            if (connection.UserId is { } userId)
            {
                AddTo(_users, userId, connection);
            }

            foreach (var group in groups)
            {
                JoinUnderLock(connection, group);
            }
        }
    }

    /// <summary>Forgets a connection that was added and has ended.</summary>
    public void Remove(Connection connection, string reason)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
            if (connection.UserId is { } userId)
            {
                RemoveFrom(_users, userId, connection);
            }

            LeaveAllUnderLock(connection);
        }

        ended(connection, reason);
    }

    /// <returns>False when the connection has left the hub.</returns>
    public bool Join(Connection connection, string group)
    {
        lock (_lock)
        {
            return _connections.Find(connection.Id) == connection && JoinUnderLock(connection, group);
        }
    }

    public void Leave(Connection connection, string group)
    {
        lock (_lock)
        {
            if (connection.Groups.Contains(group))
            {
                connection.Groups = connection.Groups.Remove(group);
                RemoveFrom(_groups, group, connection);
            }
        }
    }

    public void LeaveAll(Connection connection)
    {
        lock (_lock)
        {
            LeaveAllUnderLock(connection);
        }
    }

    private bool JoinUnderLock(Connection connection, string group)
    {
        if (!connection.Groups.Contains(group))
        {
            connection.Groups = connection.Groups.Add(group);
            AddTo(_groups, group, connection);
        }

        return true;
    }

    private void LeaveAllUnderLock(Connection connection)
    {
        foreach (var group in connection.Groups)
        {
            RemoveFrom(_groups, group, connection);
        }

        connection.Groups = ImmutableHashSet.Create<string>(StringComparer.Ordinal);
    }

    private Connection[] SnapshotOf(Dictionary<string, MemberSet> sets, string key)
    {
        lock (_lock)
        {
            return sets.TryGetValue(key, out var set) ? set.Snapshot : [];
        }
    }

    private static void AddTo(Dictionary<string, MemberSet> sets, string key, Connection connection)
    {
        if (!sets.TryGetValue(key, out var set))
        {
            sets.Add(key, set = new());
        }

        set.Add(connection);
    }

    private static void RemoveFrom(Dictionary<string, MemberSet> sets, string key, Connection connection)
    {
        if (sets.TryGetValue(key, out var set))
        {
            set.Remove(connection);
            if (set.Count == 0)
            {
                sets.Remove(key);
            }
        }
    }
}
