using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Azure;

namespace ServerlessChat.Tables;

/// <summary>A row as named values, its keys, <c>Timestamp</c> and <c>odata.etag</c> among them.</summary>
/// <remarks>
/// <para>Values are <see cref="string"/>, <see cref="int"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>,
/// <see cref="DateTimeOffset"/>, <see cref="DateTime"/> (unspecified is taken as UTC), <see cref="Guid"/>, <c>byte[]</c> or
/// <see cref="BinaryData"/>; what is read comes back as the type that was written, dates as <see cref="DateTimeOffset"/>, binary as
/// <c>byte[]</c>. Null is not stored.</para>
/// <para>Limits: 252 properties of its own, 64 KiB each (32,768 UTF-16 units), 1 MiB in all. Names compare by case.</para>
/// <para>The indexer answers null for a name that is absent. A typed getter does too, and throws
/// <see cref="InvalidOperationException"/> when the value has another type.</para>
/// </remarks>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "The name that Azure.Data.Tables gives it.")]
public sealed class TableEntity : ITableEntity, IDictionary<string, object?>
{
    internal const string PartitionKeyName = "PartitionKey";
    internal const string RowKeyName = "RowKey";
    internal const string TimestampName = "Timestamp";
    internal const string ETagName = "odata.etag";

    private readonly Dictionary<string, object?> _properties;

    /// <summary>A row without keys, which can't be written before it has them.</summary>
    public TableEntity()
        : this(capacity: 0)
    {
    }

    public TableEntity(string partitionKey, string rowKey)
        : this(capacity: 0)
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <summary>A copy of the values.</summary>
    public TableEntity(IDictionary<string, object?> values)
        : this(capacity: 0)
    {
        ArgumentNullException.ThrowIfNull(values);
        foreach ((string name, object? value) in values)
        {
            this[name] = value;
        }
    }

    internal TableEntity(int capacity) => _properties = new Dictionary<string, object?>(capacity, StringComparer.Ordinal);

    public string PartitionKey
    {
        get => GetString(PartitionKeyName)!;
        set => _properties[PartitionKeyName] = value;
    }

    public string RowKey
    {
        get => GetString(RowKeyName)!;
        set => _properties[RowKeyName] = value;
    }

    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(TimestampName);
        set => _properties[TimestampName] = value;
    }

    public ETag ETag
    {
        get => GetString(ETagName) is { } etag ? new ETag(etag) : default;
        set => _properties[ETagName] = value == default ? null : value.ToString();
    }

    public ICollection<string> Keys => _properties.Keys;

    public ICollection<object?> Values => _properties.Values;

    public int Count => _properties.Count;

    bool ICollection<KeyValuePair<string, object?>>.IsReadOnly => false;

    public object? this[string key]
    {
        get => _properties.GetValueOrDefault(key);
        set => _properties[key] = value;
    }

    public string? GetString(string key) => (string?)Get(key, typeof(string));

    public int? GetInt32(string key) => (int?)Get(key, typeof(int));

    public long? GetInt64(string key) => (long?)Get(key, typeof(long));

    public double? GetDouble(string key) => (double?)Get(key, typeof(double));

    public bool? GetBoolean(string key) => (bool?)Get(key, typeof(bool));

    public Guid? GetGuid(string key) => (Guid?)Get(key, typeof(Guid));

    public DateTimeOffset? GetDateTimeOffset(string key) =>
        this[key] is DateTime time ? new DateTimeOffset(ToUtc(time)) : (DateTimeOffset?)Get(key, typeof(DateTimeOffset));

    public DateTime? GetDateTime(string key) =>
        this[key] is DateTimeOffset time ? time.UtcDateTime : (DateTime?)Get(key, typeof(DateTime));

    public byte[]? GetBinary(string key) => this[key] is BinaryData data ? data.ToArray() : (byte[]?)Get(key, typeof(byte[]));

    public BinaryData? GetBinaryData(string key) =>
        this[key] is byte[] bytes ? BinaryData.FromBytes(bytes) : (BinaryData?)Get(key, typeof(BinaryData));

    public void Add(string key, object? value) => _properties.Add(key, value);

    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    public bool Remove(string key) => _properties.Remove(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value) => _properties.TryGetValue(key, out value);

    public void Clear() => _properties.Clear();

    public Dictionary<string, object?>.Enumerator GetEnumerator() => _properties.GetEnumerator();

    IEnumerator<KeyValuePair<string, object?>> IEnumerable<KeyValuePair<string, object?>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void ICollection<KeyValuePair<string, object?>>.Add(KeyValuePair<string, object?> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object?>>.Contains(KeyValuePair<string, object?> item) => _properties.Contains(item);

    bool ICollection<KeyValuePair<string, object?>>.Remove(KeyValuePair<string, object?> item) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).Remove(item);

    void ICollection<KeyValuePair<string, object?>>.CopyTo(KeyValuePair<string, object?>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object?>>)_properties).CopyTo(array, arrayIndex);

    internal static DateTime ToUtc(DateTime time) =>
        time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);

    /// <summary>Properties that the service keeps by itself and that are not written as values.</summary>
    internal static bool IsSystem(string name) => name is PartitionKeyName or RowKeyName or TimestampName or ETagName;

    private object? Get(string key, Type type)
    {
        object? value = this[key];
        if (value is not null && value.GetType() != type && !type.IsInstanceOfType(value))
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"The property {key} is of type {value.GetType()}, not {type}."));
        }

        return value;
    }
}
