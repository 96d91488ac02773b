using System.Collections.Concurrent;

namespace Emulator.Hubs;

/// <summary>All hubs. A hub comes to be when it is first named; its settings come from configuration or from <c>_default</c>.</summary>
internal sealed class HubRegistry
{
    private const string DefaultSettings = "_default";

    private readonly ConcurrentDictionary<string, Hub> _hubs = new(StringComparer.OrdinalIgnoreCase);
    private readonly WebPubSubEmulatorOptions _options;

    public HubRegistry(WebPubSubEmulatorOptions options)
    {
        _options = options;
        foreach (var name in options.Hubs.Keys.Where(name => name is not DefaultSettings))
        {
            Get(name);
        }
    }

    /// <summary>Called once for every connection that ended, with the reason.</summary>
    public Action<Connection, string>? ConnectionEnded { get; set; }

    public IEnumerable<Hub> All => _hubs.Values.OrderBy(hub => hub.Name, StringComparer.Ordinal);

    /// <param name="name">A valid hub name, in any case.</param>
    public Hub Get(string name) => _hubs.GetOrAdd(name, Create);

    /// <summary>The hub, or one like it that is in no list as long as nobody has used it.</summary>
    public Hub Peek(string name) => _hubs.TryGetValue(name, out var hub) ? hub : Create(name);

    private Hub Create(string name)
    {
        var options = _options.Hubs.FirstOrDefault(hub => hub.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value
            ?? _options.Hubs.FirstOrDefault(hub => hub.Key is DefaultSettings).Value
            ?? new HubOptions();
        return new(name.ToLowerInvariant(), options, (connection, reason) => ConnectionEnded?.Invoke(connection, reason));
    }
}
