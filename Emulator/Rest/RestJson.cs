using System.Text.Json.Serialization;

namespace Emulator.Rest;

/// <summary>Body of <c>:addToGroups</c> and <c>:removeFromGroups</c>.</summary>
/// <param name="Filter">Null or empty: all connections of the hub.</param>
internal sealed record GroupsRequest(
    [property: JsonPropertyName("groups")] IReadOnlyList<string>? Groups,
    [property: JsonPropertyName("filter")] string? Filter);

/// <summary>Answer of <c>:generateToken</c>.</summary>
internal sealed record TokenResponse([property: JsonPropertyName("token")] string Token);

/// <summary>A page of a group's connections.</summary>
/// <param name="NextLink">Absolute; left out on the last page.</param>
internal sealed record ConnectionPage(
    [property: JsonPropertyName("value")] IReadOnlyList<GroupMember> Value,
    [property: JsonPropertyName("nextLink"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextLink);

/// <summary>One connection of a page.</summary>
/// <param name="UserId">Null, and written as null: anonymous.</param>
internal sealed record GroupMember(
    [property: JsonPropertyName("connectionId")] string ConnectionId,
    [property: JsonPropertyName("userId")] string? UserId);

/// <summary>The JSON shapes of the REST API beside its errors.</summary>
[JsonSerializable(typeof(GroupsRequest))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(ConnectionPage))]
internal sealed partial class RestJson : JsonSerializerContext;
