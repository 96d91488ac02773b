namespace Emulator.Rest;

/// <summary>Finds a call's operation. Literal segments are compared as they stand in the raw path: a group may be called <c>:send</c>, which is <c>%3Asend</c> there.</summary>
internal sealed class RestRouter(HubOperations hubs, ConnectionOperations connections, GroupOperations groups, UserOperations users)
{
    public const string GenerateToken = ":generateToken";

    /// <param name="path">The raw segments after the hub.</param>
    public Task Invoke(RestCall call, string method, string[] path) => path switch
    {
        [var action] => InvokeOnHub(call, method, action),
        ["connections", var id, .. var rest] => InvokeOnConnection(call, method, Decode(id), rest),
        ["groups", var group, .. var rest] => InvokeOnGroup(call, method, Decode(group), rest),
        ["users", var user, .. var rest] => InvokeOnUser(call, method, Decode(user), rest),
        ["permissions", var permission, "connections", var id] => InvokeOnPermission(call, method, Decode(permission), Decode(id)),
        _ => NotFound(call),
    };

    private Task InvokeOnHub(RestCall call, string method, string action) => (method, action) switch
    {
        ("POST", ":send") => hubs.SendToAllAsync(call),
        ("POST", ":closeConnections") => HubOperations.CloseAllConnectionsAsync(call),
        ("POST", GenerateToken) => hubs.GenerateClientTokenAsync(call),
        ("POST", ":addToGroups") => hubs.AddConnectionsToGroupsAsync(call),
        ("POST", ":removeFromGroups") => hubs.RemoveConnectionsFromGroupsAsync(call),
        _ => NotFound(call),
    };

    private Task InvokeOnConnection(RestCall call, string method, string id, string[] rest) => (method, rest) switch
    {
        (_, _) when id.Length == 0 => NotFound(call),
        ("HEAD", []) => ConnectionOperations.ConnectionExistsAsync(call, id),
        ("DELETE", []) => ConnectionOperations.CloseConnectionAsync(call, id),
        ("POST", [":send"]) => connections.SendToConnectionAsync(call, id),
        ("DELETE", ["groups"]) => ConnectionOperations.RemoveConnectionFromAllGroupsAsync(call, id),
        _ => NotFound(call),
    };

    private Task InvokeOnGroup(RestCall call, string method, string group, string[] rest) => (method, rest) switch
    {
        ("HEAD", []) => GroupOperations.GroupExistsAsync(call, group),
        ("POST", [":send"]) => groups.SendToGroupAsync(call, group),
        ("POST", [":closeConnections"]) => GroupOperations.CloseGroupConnectionsAsync(call, group),
        ("GET", ["connections"]) => GroupOperations.ListConnectionsInGroupAsync(call, group),
        ("PUT", ["connections", var id]) => GroupOperations.AddConnectionToGroupAsync(call, group, Decode(id)),
        ("DELETE", ["connections", var id]) => GroupOperations.RemoveConnectionFromGroupAsync(call, group, Decode(id)),
        _ => NotFound(call),
    };

    private Task InvokeOnUser(RestCall call, string method, string user, string[] rest) => (method, rest) switch
    {
        (_, _) when user.Length == 0 => NotFound(call),
        ("HEAD", []) => UserOperations.UserExistsAsync(call, user),
        ("POST", [":send"]) => users.SendToUserAsync(call, user),
        ("POST", [":closeConnections"]) => UserOperations.CloseUserConnectionsAsync(call, user),
        ("DELETE", ["groups"]) => UserOperations.RemoveUserFromAllGroupsAsync(call, user),
        ("PUT", ["groups", var group]) => users.AddUserToGroupAsync(call, user, Decode(group)),
        ("DELETE", ["groups", var group]) => UserOperations.RemoveUserFromGroupAsync(call, user, Decode(group)),
        _ => NotFound(call),
    };

    private static Task InvokeOnPermission(RestCall call, string method, string permission, string id) => method switch
    {
        "PUT" => PermissionOperations.GrantPermissionAsync(call, permission, id),
        "DELETE" => PermissionOperations.RevokePermissionAsync(call, permission, id),
        "HEAD" => PermissionOperations.CheckPermissionAsync(call, permission, id),
        _ => NotFound(call),
    };

    private static Task NotFound(RestCall call) => call.Answer(StatusCodes.Status404NotFound);

    // Once, segment by segment: a name may hold a slash, or the text "%2F".
    private static string Decode(string segment) => Uri.UnescapeDataString(segment);
}
