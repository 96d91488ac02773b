using Emulator.Hubs;

namespace Emulator.Upstream;

/// <summary>One event of one connection, before it becomes a request.</summary>
/// <param name="UserId">Null: anonymous, or not known yet.</param>
/// <param name="Subprotocol">Null: none, or not negotiated yet.</param>
/// <param name="State">The connection state that an earlier answer set; null: none.</param>
/// <param name="Cookies">From earlier answers; null: none.</param>
/// <param name="TypePrefix">One of the constants of this type.</param>
/// <param name="Id">Counts the connection's events; <c>connect</c> is 0.</param>
internal sealed record EventMessage(
    string Hub,
    string ConnectionId,
    string? UserId,
    string? Subprotocol,
    string? State,
    IReadOnlyDictionary<string, string>? Cookies,
    string TypePrefix,
    string Name,
    int Id,
    string ContentType,
    ReadOnlyMemory<byte> Body,
    IReadOnlyDictionary<string, string>? Metadata = null)
{
    public const string System = "azure.webpubsub.sys.";
    public const string User = "azure.webpubsub.user.";
    public const string JsonContentType = "application/json; charset=utf-8";

    /// <summary>What the page shows in place of <see cref="Body"/>, where that holds secrets.</summary>
    public ReadOnlyMemory<byte> LoggedBody { get; init; } = Body;

    public static EventMessage ForSystemEvent(Connection connection, string name, ReadOnlyMemory<byte> body) =>
        For(connection, System, name, JsonContentType, body, null);

    public static EventMessage ForUserEvent(Connection connection, string name, Payload payload, IReadOnlyDictionary<string, string>? metadata) =>
        For(connection, User, name, payload.ContentType, payload.Data, metadata);

    private static EventMessage For(
        Connection connection, string prefix, string name, string contentType, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string>? metadata) =>
        new(
            connection.Hub.Name,
            connection.Id,
            connection.UserId,
            connection.Subprotocol,
            connection.State,
            connection.Cookies,
            prefix,
            name,
            connection.NextEventId(),
            contentType,
            body,
            metadata);
}
