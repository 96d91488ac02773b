using Emulator.Hubs;

namespace Emulator.Rest;

/// <summary>The operations on a connection's permissions. Each names one group: there is no REST way to all groups.</summary>
internal static class PermissionOperations
{
    public static Task GrantPermissionAsync(RestCall call, string permission, string connectionId)
    {
        var (right, group) = (Right(permission), Target(call));
        var connection = call.Hub.FindConnection(connectionId) ?? throw RestError.ConnectionNotFound(connectionId);
        connection.Permissions.Grant(right, group);
        return call.Answer(StatusCodes.Status200OK);
    }

    public static Task RevokePermissionAsync(RestCall call, string permission, string connectionId)
    {
        var (right, group) = (Right(permission), Target(call));
        call.Hub.FindConnection(connectionId)?.Permissions.Revoke(right, group);
        return call.Answer(StatusCodes.Status204NoContent);
    }

    public static Task CheckPermissionAsync(RestCall call, string permission, string connectionId)
    {
        var (right, group) = (Right(permission), Target(call));
        var connection = call.Hub.FindConnection(connectionId) ?? throw RestError.ConnectionNotFound(connectionId);
        return connection.Permissions.Allows(right, group) ? call.Answer(StatusCodes.Status200OK) : throw RestError.Absent("Permission");
    }

    private static string Target(RestCall call) => RestCall.Group(call.Value("targetName"), "targetName");

    private static GroupRight Right(string permission) => permission.ToLowerInvariant() switch
    {
        "joinleavegroup" => GroupRight.JoinLeave,
        "sendtogroup" => GroupRight.Send,
        _ => throw RestError.Validation("permission", $"The value '{permission}' is not valid."),
    };
}
