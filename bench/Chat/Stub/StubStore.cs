using System.Collections.Concurrent;
using System.Globalization;

namespace ServerlessChat.Bench.Stub;

/// <summary>All tables.</summary>
internal sealed class StubStore(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, StubPartition>> _tables = new(StringComparer.OrdinalIgnoreCase);
    private long _version;

    /// <summary>False when there is one of that name.</summary>
    public bool TryCreate(string table) => _tables.TryAdd(table, new(StringComparer.Ordinal));

    public bool TryDelete(string table) => _tables.TryRemove(table, out _);

    /// <summary>Null when there is no such table.</summary>
    public StubPartition? Partition(string table, string key) =>
        _tables.TryGetValue(table, out ConcurrentDictionary<string, StubPartition>? partitions) ? partitions.GetOrAdd(key, _ => new StubPartition(this)) : null;

    /// <summary>A row as it is stored: with a version that no row had before, and the time.</summary>
    public StubRow Stamp(StubRow row)
    {
        long version = Interlocked.Increment(ref _version);
        string now = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
        var properties = new List<KeyValuePair<string, byte[]>>(row.Properties.Count + 1);
        properties.AddRange(row.Properties.Where(property => !string.Equals(property.Key, "Timestamp", StringComparison.Ordinal)));
        properties.Add(new("Timestamp", System.Text.Encoding.ASCII.GetBytes($"\"{now}\"")));
        return row with { ETag = string.Create(CultureInfo.InvariantCulture, $"W/\"datetime'{version:D12}'\""), Properties = properties };
    }
}
