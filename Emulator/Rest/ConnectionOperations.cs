namespace Emulator.Rest;

/// <summary>The operations on one connection.</summary>
internal sealed class ConnectionOperations(WebPubSubEmulatorOptions options)
{
    public static Task ConnectionExistsAsync(RestCall call, string connectionId) =>
        call.Hub.FindConnection(connectionId) is null ? throw RestError.Absent("Connection") : call.Answer(StatusCodes.Status200OK);

    public static Task CloseConnectionAsync(RestCall call, string connectionId)
    {
        call.Hub.FindConnection(connectionId)?.CloseByServer(call.Reason);
        return call.Answer(StatusCodes.Status204NoContent);
    }

    public async Task SendToConnectionAsync(RestCall call, string connectionId)
    {
        var message = await RestBody.ReadMessageAsync(call, options);
        call.Hub.FindConnection(connectionId)?.Deliver(message);
        await call.Answer(StatusCodes.Status202Accepted);
    }

    public static Task RemoveConnectionFromAllGroupsAsync(RestCall call, string connectionId)
    {
        if (call.Hub.FindConnection(connectionId) is { } connection)
        {
            call.Hub.LeaveAll(connection);
        }

        return call.Answer(StatusCodes.Status204NoContent);
    }
}
