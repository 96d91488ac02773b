using System.Text.Json;
using Emulator.Hubs;
using Emulator.Tokens;

namespace Emulator.Rest;

/// <summary>The operations on a whole hub.</summary>
internal sealed class HubOperations(ClientTokens tokens, WebPubSubEmulatorOptions options)
{
    private const int DefaultTokenMinutes = 60;

    public async Task SendToAllAsync(RestCall call)
    {
        var (excluded, filter) = (call.Excluded, call.Filter);
        var message = await RestBody.ReadMessageAsync(call, options);
        Audience.Send(call.Hub.Connections, message, excluded, filter);
        await call.Answer(StatusCodes.Status202Accepted);
    }

    public static Task CloseAllConnectionsAsync(RestCall call)
    {
        Audience.Close(call.Hub.Connections, call.Reason, call.Excluded);
        return call.Answer(StatusCodes.Status204NoContent);
    }

    public Task GenerateClientTokenAsync(RestCall call)
    {
        var minutes = call.Number("minutesToExpire", 1, int.MaxValue) ?? DefaultTokenMinutes;
        var path = call.Value("clientType")?.ToLowerInvariant() switch
        {
            null or "default" => "client",
            "mqtt" => "clients/mqtt",
            "socketio" => "clients/socketio",
            var other => throw RestError.Validation("clientType", $"The value '{other}' is not valid."),
        };
        var groups = call.Values("group").Select(group => RestCall.Group(group)).ToArray();
        var token = tokens.Create(
            call.Hub.Name, call.Value("userId"), call.Values("role").ToArray(), groups, TimeSpan.FromMinutes(minutes), path);
        return call.AnswerJson(JsonSerializer.SerializeToUtf8Bytes(new TokenResponse(token), RestJson.Default.TokenResponse));
    }

    public async Task AddConnectionsToGroupsAsync(RestCall call)
    {
        var (groups, connections) = await ReadGroupsAsync(call);
        foreach (var connection in connections)
        {
            groups.ForEach(group => call.Hub.Join(connection, group));
        }

        await call.Answer(StatusCodes.Status200OK);
    }

    public async Task RemoveConnectionsFromGroupsAsync(RestCall call)
    {
        var (groups, connections) = await ReadGroupsAsync(call);
        foreach (var connection in connections)
        {
            groups.ForEach(group => call.Hub.Leave(connection, group));
        }

        await call.Answer(StatusCodes.Status200OK);
    }

    private async Task<(List<string> Groups, Connection[] Connections)> ReadGroupsAsync(RestCall call)
    {
        var body = await RestBody.ReadAsync(call, options);
        GroupsRequest? request;
        try
        {
            request = JsonSerializer.Deserialize(body, RestJson.Default.GroupsRequest);
        }
        catch (JsonException)
        {
            throw RestError.Request("The request body is not a valid JSON.");
        }

        if (request?.Groups is not { Count: > 0 } names)
        {
            throw RestError.Validation("groups", "The groups field is required.");
        }

        var filter = RestCall.ParseFilter(request.Filter);
        var groups = names.Select(name => RestCall.Group(name, "groups")).ToList();

        // Chosen before the first change: a filter on groups sees all connections as they were.
        return (groups, [.. call.Hub.Connections.Where(connection => filter?.Matches(connection) ?? true)]);
    }
}
