namespace ServerlessChat.WebPubSub;

/// <summary>A connection in a group, in the shape of Azure.Messaging.WebPubSub.</summary>
/// <param name="UserId">Null: anonymous.</param>
public sealed record WebPubSubGroupMember(string ConnectionId, string? UserId);
