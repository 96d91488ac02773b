namespace Emulator.Rest;

/// <summary>The operations on one user: on all connections that the user has at the moment.</summary>
internal sealed class UserOperations(WebPubSubEmulatorOptions options)
{
    public static Task UserExistsAsync(RestCall call, string userId) =>
        call.Hub.ConnectionsOf(userId).Length == 0 ? throw RestError.Absent("User") : call.Answer(StatusCodes.Status200OK);

    public async Task SendToUserAsync(RestCall call, string userId)
    {
        var filter = call.Filter;
        var message = await RestBody.ReadMessageAsync(call, options);
        Audience.Send(call.Hub.ConnectionsOf(userId), message, excluded: null, filter);
        await call.Answer(StatusCodes.Status202Accepted);
    }

    public static Task CloseUserConnectionsAsync(RestCall call, string userId)
    {
        Audience.Close(call.Hub.ConnectionsOf(userId), call.Reason, call.Excluded);
        return call.Answer(StatusCodes.Status204NoContent);
    }

    public static Task RemoveUserFromAllGroupsAsync(RestCall call, string userId)
    {
        foreach (var connection in call.Hub.ConnectionsOf(userId))
        {
            call.Hub.LeaveAll(connection);
        }

        return call.Answer(StatusCodes.Status204NoContent);
    }

    public Task AddUserToGroupAsync(RestCall call, string userId, string group)
    {
        RestCall.Group(group);
        var connections = call.Hub.ConnectionsOf(userId);
        if (connections.Length == 0 && options.AddAbsentUserToGroupIsNotFound)
        {
            throw RestError.Absent("User");
        }

        foreach (var connection in connections)
        {
            call.Hub.Join(connection, group);
        }

        return call.Answer(StatusCodes.Status200OK);
    }

    public static Task RemoveUserFromGroupAsync(RestCall call, string userId, string group)
    {
        RestCall.Group(group);
        foreach (var connection in call.Hub.ConnectionsOf(userId))
        {
            call.Hub.Leave(connection, group);
        }

        return call.Answer(StatusCodes.Status204NoContent);
    }
}
