using System.Text.Json.Serialization;
using Emulator.Hubs;

namespace Emulator.Live;

/// <summary>What the page asks for, about once a second.</summary>
/// <param name="Activities">Those after the id that the page has seen.</param>
internal sealed record LiveState(string Endpoint, IReadOnlyList<LiveHub> Hubs, IReadOnlyList<Activity> Activities);

/// <param name="ConnectionCount">All of them; the lists hold the first ones only.</param>
internal sealed record LiveHub(
    string Name, int ConnectionCount, int GroupCount, IReadOnlyList<LiveConnection> Connections, IReadOnlyList<LiveGroup> Groups)
{
    private const int MaxListed = 200;

    public static LiveHub From(Hub hub)
    {
        var connections = hub.Connections;
        var groups = hub.Groups;
        return new(
            hub.Name,
            connections.Length,
            groups.Length,
            [.. connections.Take(MaxListed).Select(LiveConnection.From)],
            [.. groups.Take(MaxListed).Select(group => new LiveGroup(group.Key, group.Value))]);
    }
}

internal sealed record LiveGroup(string Name, int MemberCount);

/// <param name="UserId">Null: anonymous.</param>
/// <param name="IsOnline">False: dropped, within its recovery window.</param>
internal sealed record LiveConnection(string Id, string? UserId, string Protocol, bool IsOnline, IReadOnlyList<string> Groups)
{
    public static LiveConnection From(Connection connection) =>
        new(connection.Id, connection.UserId, connection.Subprotocol ?? "simple", connection.IsOnline, [.. connection.Groups]);
}

/// <summary>The JSON that the page gets.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LiveState))]
internal sealed partial class LiveJson : JsonSerializerContext;
