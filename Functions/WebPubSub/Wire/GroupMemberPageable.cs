using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace ServerlessChat.WebPubSub.Wire;

/// <summary>The pages of a group's connections, until one has no link to a next one.</summary>
/// <remarks>Of the link the token alone is used: a request goes to the configured service, whatever the link says.</remarks>
internal sealed class GroupMemberPageable(
    ServicePipeline pipeline, string path, int? maxPageSize, int? maxCount, string? first, CancellationToken cancellationToken)
    : AsyncPageable<WebPubSubGroupMember>(cancellationToken)
{
    private const string TokenParameter = "continuationToken";

    public override IAsyncEnumerable<Page<WebPubSubGroupMember>> AsPages(string? continuationToken = null, int? pageSizeHint = null) =>
        PagesAsync(continuationToken ?? first, pageSizeHint ?? maxPageSize, CancellationToken);

    private async IAsyncEnumerable<Page<WebPubSubGroupMember>> PagesAsync(string? token, int? size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int? left = maxCount;
        do
        {
            (string, string?)[] query = [("maxpagesize", size?.ToString()), ("top", left?.ToString()), (TokenParameter, token)];
            Response response = await pipeline.SendAsync(RequestMethod.Get, path, query, new RequestContext { CancellationToken = cancellationToken });
            GroupMemberPage page = Read(response);
            left -= page.Value.Count;
            token = left is <= 0 ? null : TokenOf(page.NextLink);
            yield return Page<WebPubSubGroupMember>.FromValues(page.Value, token, response);
        }
        while (token is not null);
    }

    private static GroupMemberPage Read(Response response)
    {
        if (response.Status == 404)
        {
            return new GroupMemberPage([], NextLink: null);
        }

        try
        {
            return JsonSerializer.Deserialize(response.Content.ToMemory().Span, GroupMemberJson.Default.GroupMemberPage) is { Value: not null } page ? page : throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new RequestFailedException(response.Status, "Web PubSub's answer is no page of connections.", e);
        }
    }

    private static string? TokenOf(string? link) =>
        Uri.TryCreate(link, UriKind.Absolute, out Uri? next) && QueryHelpers.ParseQuery(next.Query).TryGetValue(TokenParameter, out var token) ? (string?)token : null;
}

internal sealed record GroupMemberPage(IReadOnlyList<WebPubSubGroupMember> Value, string? NextLink);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(GroupMemberPage))]
internal sealed partial class GroupMemberJson : JsonSerializerContext;
