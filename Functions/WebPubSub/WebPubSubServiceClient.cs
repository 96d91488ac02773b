using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using ServerlessChat.WebPubSub.Wire;

namespace ServerlessChat.WebPubSub;

/// <summary>
/// One hub of Azure Web PubSub over REST, in the shape of Azure.Messaging.WebPubSub: the same names for what it offers. One client serves the
/// whole process and all threads. Making one sends nothing.
/// </summary>
/// <remarks>
/// Sends are accepted for delivery, not delivered; a send to nobody succeeds. Two sends to one group arrive in order when the second begins after
/// the first was answered. Adding a user to a group moves the user's present connections alone. Calls throw <see cref="RequestFailedException"/> for
/// statuses of 400 and above, but not for 404, which says that there is nobody to move or close.
/// </remarks>
public sealed class WebPubSubServiceClient
{
    private const string Scope = "https://webpubsub.azure.com/.default";

    private readonly ServicePipeline _pipeline;
    private readonly AccessKeyTokens? _tokens;

    /// <exception cref="FormatException">A part is missing or malformed. The message names it, and holds no key.</exception>
    public WebPubSubServiceClient(string connectionString, string hub, WebPubSubServiceClientOptions? options = null)
        : this(ServiceAddress.Parse(connectionString), hub, options ?? new WebPubSubServiceClientOptions())
    {
    }

    /// <summary>As an identity of Microsoft Entra that has the role Web PubSub Service Owner. Client tokens are then made by the service, one call each.</summary>
    /// <exception cref="ArgumentException">The endpoint isn't https: tokens are not sent in the clear.</exception>
    public WebPubSubServiceClient(Uri endpoint, string hub, TokenCredential credential, WebPubSubServiceClientOptions? options = null)
        : this(endpoint, hub, new BearerTokenAuthenticationPolicy(credential, Scope), tokens: null, options ?? new WebPubSubServiceClientOptions())
    {
        if (!string.Equals(endpoint.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal))
        {
            throw new ArgumentException("With a TokenCredential the endpoint must be https.", nameof(endpoint));
        }
    }

    internal WebPubSubServiceClient(ServiceAddress address, string hub, WebPubSubServiceClientOptions options)
        : this(address.Endpoint, hub, new AccessKeyTokens(address.AccessKey, options.TimeProvider), options)
    {
    }

    private WebPubSubServiceClient(Uri endpoint, string hub, AccessKeyTokens tokens, WebPubSubServiceClientOptions options)
        : this(endpoint, hub, new AccessKeyPolicy(tokens), tokens, options)
    {
    }

    private WebPubSubServiceClient(Uri endpoint, string hub, HttpPipelinePolicy authentication, AccessKeyTokens? tokens, WebPubSubServiceClientOptions options)
    {
        options.Validate();
        Endpoint = endpoint;
        Hub = hub;
        _tokens = tokens;
        _pipeline = new ServicePipeline(endpoint, hub, authentication, options);
    }

    /// <summary>The service.</summary>
    public Uri Endpoint { get; }

    public string Hub { get; }

    /// <summary>Sends to every connection of the hub that is not excluded and that the filter lets through; once to each.</summary>
    /// <param name="contentType">JSON, text or octets: how clients get it.</param>
    /// <param name="excluded">Ids of connections that don't get it; null: none.</param>
    /// <param name="filter">OData over <c>userId</c>, <c>connectionId</c> and <c>groups</c>, about 100 clauses at most; null: everyone.</param>
    public Task<Response> SendToAllAsync(
        RequestContent content, ContentType contentType, IEnumerable<string>? excluded = null, string? filter = null, RequestContext? context = null) =>
        _pipeline.SendAsync(
            RequestMethod.Post, ":send", [.. (excluded ?? []).Select(connection => ("excluded", (string?)connection)), ("filter", filter)], context, content, contentType);

    /// <summary>Sends to every connection of a group.</summary>
    /// <param name="contentType">JSON, text or octets: how clients get it.</param>
    public Task<Response> SendToGroupAsync(string group, RequestContent content, ContentType contentType, RequestContext? context = null) =>
        _pipeline.SendAsync(RequestMethod.Post, $"groups/{Escape(group)}/:send", [], context, content, contentType);

    /// <summary>Sends to every connection of a user.</summary>
    public Task<Response> SendToUserAsync(string userId, RequestContent content, ContentType contentType, RequestContext? context = null) =>
        _pipeline.SendAsync(RequestMethod.Post, $"users/{Escape(userId)}/:send", [], context, content, contentType);

    /// <summary>Puts a user's present connections into a group.</summary>
    public Task<Response> AddUserToGroupAsync(string group, string userId, RequestContext? context = null) =>
        _pipeline.SendAsync(RequestMethod.Put, $"users/{Escape(userId)}/groups/{Escape(group)}", [], context);

    /// <summary>Takes a user's connections out of a group.</summary>
    public Task<Response> RemoveUserFromGroupAsync(string group, string userId, RequestContext? context = null) =>
        _pipeline.SendAsync(RequestMethod.Delete, $"users/{Escape(userId)}/groups/{Escape(group)}", [], context);

    /// <summary>Closes every connection of a group.</summary>
    /// <param name="reason">Clients of a subprotocol are told.</param>
    public Task<Response> CloseGroupConnectionsAsync(string group, string? reason = null, RequestContext? context = null) =>
        _pipeline.SendAsync(RequestMethod.Post, $"groups/{Escape(group)}/:closeConnections", [("reason", reason)], context);

    /// <summary>Closes every connection of a user.</summary>
    public Task<Response> CloseUserConnectionsAsync(string userId, string? reason = null, RequestContext? context = null) =>
        _pipeline.SendAsync(RequestMethod.Post, $"users/{Escape(userId)}/:closeConnections", [("reason", reason)], context);

    /// <summary>Closes one connection.</summary>
    public Task<Response> CloseConnectionAsync(string connectionId, string? reason = null, RequestContext? context = null) =>
        _pipeline.SendAsync(RequestMethod.Delete, $"connections/{Escape(connectionId)}", [("reason", reason)], context);

    /// <summary>Whether a group has any connection.</summary>
    public async Task<Response<bool>> GroupExistsAsync(string group, RequestContext? context = null)
    {
        Response response = await _pipeline.SendAsync(RequestMethod.Head, $"groups/{Escape(group)}", [], context);
        return Response.FromValue(response.Status != 404, response);
    }

    /// <summary>Whether a user has any connection.</summary>
    public async Task<Response<bool>> UserExistsAsync(string userId, RequestContext? context = null)
    {
        Response response = await _pipeline.SendAsync(RequestMethod.Head, $"users/{Escape(userId)}", [], context);
        return Response.FromValue(response.Status != 404, response);
    }

    /// <summary>The connections of a group, one call a page; none when the group has none.</summary>
    /// <param name="maxpagesize">Connections a page, 1 to 200; null: the service's 200.</param>
    /// <param name="maxCount">Connections in all; null: every one.</param>
    /// <param name="continuationToken">Where to go on, as a page said; null: from the first.</param>
    public AsyncPageable<WebPubSubGroupMember> ListConnectionsInGroupAsync(
        string group, int? maxpagesize = null, int? maxCount = null, string? continuationToken = null, CancellationToken cancellationToken = default) =>
        new GroupMemberPageable(_pipeline, $"groups/{Escape(group)}/connections", maxpagesize, maxCount, continuationToken, cancellationToken);

    /// <summary>The address with a token that a client connects with. With an access key no call is made; with an identity the service makes the token.</summary>
    /// <param name="expiresAfter">1 minute or more, whole minutes with an identity. The token is looked at when a client connects and never after.</param>
    /// <param name="userId">Null: anonymous.</param>
    public async Task<Uri> GetClientAccessUriAsync(TimeSpan expiresAfter, string? userId = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(expiresAfter, TimeSpan.FromMinutes(1));
        string audience = $"{Endpoint.GetLeftPart(UriPartial.Authority)}/client/hubs/{Hub}";
        string token = _tokens?.Sign(audience, expiresAfter, ClaimsOf(userId)) ?? await GenerateTokenAsync(expiresAfter, userId, cancellationToken);

        // http becomes ws, https wss.
        return new Uri($"ws{audience["http".Length..]}?access_token={token}");
    }

    private async Task<string> GenerateTokenAsync(TimeSpan expiresAfter, string? userId, CancellationToken cancellationToken)
    {
        (string, string?)[] query = [("userId", userId), ("minutesToExpire", ((long)expiresAfter.TotalMinutes).ToString())];
        Response response = await _pipeline.SendAsync(
            RequestMethod.Post, ":generateToken", query, new RequestContext { CancellationToken = cancellationToken });
        try
        {
            using JsonDocument body = JsonDocument.Parse(response.Content.ToMemory());
            return body.RootElement.GetProperty("token").GetString() ?? throw new JsonException();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new RequestFailedException(response.Status, "Web PubSub's answer holds no token.", e);
        }
    }

    private static Dictionary<string, object>? ClaimsOf(string? userId) =>
        userId is null ? null : new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = userId };

    private static string Escape(string segment)
    {
        ArgumentException.ThrowIfNullOrEmpty(segment);
        return Uri.EscapeDataString(segment);
    }
}
