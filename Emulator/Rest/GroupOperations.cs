using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Emulator.Rest;

/// <summary>The operations on one group.</summary>
internal sealed class GroupOperations(WebPubSubEmulatorOptions options)
{
    private const int MaxPageSize = 200;

    public static Task GroupExistsAsync(RestCall call, string group) =>
        call.Hub.MembersOf(RestCall.Group(group)).Length == 0 ? throw RestError.Absent("Group") : call.Answer(StatusCodes.Status200OK);

    public async Task SendToGroupAsync(RestCall call, string group)
    {
        RestCall.Group(group);
        var (excluded, filter) = (call.Excluded, call.Filter);
        var message = await RestBody.ReadMessageAsync(call, options, group);
        Audience.Send(call.Hub.MembersOf(group), message, excluded, filter);
        await call.Answer(StatusCodes.Status202Accepted);
    }

    public static Task CloseGroupConnectionsAsync(RestCall call, string group)
    {
        Audience.Close(call.Hub.MembersOf(RestCall.Group(group)), call.Reason, call.Excluded);
        return call.Answer(StatusCodes.Status204NoContent);
    }

    public static Task AddConnectionToGroupAsync(RestCall call, string group, string connectionId)
    {
        RestCall.Group(group);
        return call.Hub.FindConnection(connectionId) is { } connection && call.Hub.Join(connection, group)
            ? call.Answer(StatusCodes.Status200OK)
            : throw RestError.ConnectionNotFound(connectionId);
    }

    public static Task RemoveConnectionFromGroupAsync(RestCall call, string group, string connectionId)
    {
        RestCall.Group(group);
        if (call.Hub.FindConnection(connectionId) is { } connection)
        {
            call.Hub.Leave(connection, group);
        }

        return call.Answer(StatusCodes.Status204NoContent);
    }

    /// <summary>Pages by connection id, so that members who come and go between two pages make none appear twice.</summary>
    public static Task ListConnectionsInGroupAsync(RestCall call, string group)
    {
        RestCall.Group(group);
        var pageSize = call.Number("maxpagesize", 1, MaxPageSize) ?? MaxPageSize;
        var top = call.Number("top", 1, int.MaxValue);
        var after = ReadContinuation(call.Value("continuationToken"));
        var count = Math.Min(pageSize, top ?? int.MaxValue);
        var members = call.Hub.MembersOf(group)
            .Where(member => string.CompareOrdinal(member.Id, after) > 0)
            .OrderBy(member => member.Id, StringComparer.Ordinal)
            .Take(count + 1)
            .Select(member => new GroupMember(member.Id, member.UserId))
            .ToList();

        var hasMore = members.Count > count && (top is null || top > count);
        var page = members.Take(count).ToList();
        var nextLink = hasMore ? NextLink(call, page[^1].ConnectionId, top - count) : null;
        return call.AnswerJson(JsonSerializer.SerializeToUtf8Bytes(new ConnectionPage(page, nextLink), RestJson.Default.ConnectionPage));
    }

    // Clients follow the link as it is and sign it: it must name the host that they called and the path as they wrote it.
    private static string NextLink(RestCall call, string last, int? remaining)
    {
        var target = call.Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?', 2)[0];
        var link = new StringBuilder($"{call.Context.Request.Scheme}://{call.Context.Request.Host}{path}?");
        if (call.Value("maxpagesize") is { } pageSize)
        {
            link.Append($"maxpagesize={pageSize}&");
        }

        if (remaining is not null)
        {
            link.Append($"top={remaining}&");
        }

        link.Append($"continuationToken={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last))}");
        return call.Value("api-version") is { } version ? link.Append($"&api-version={Uri.EscapeDataString(version)}").ToString() : link.ToString();
    }

    private static string ReadContinuation(string? token)
    {
        try
        {
            return token is null ? "" : Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        }
        catch (FormatException)
        {
            throw RestError.Validation("continuationToken", "Invalid continuation token.");
        }
    }
}
