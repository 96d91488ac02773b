using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessChat.Accounts;
using ServerlessChat.Messages;

namespace ServerlessChat.Sockets;

/// <summary>
/// What Web PubSub keeps with a connection and gives back with each of its events: enough to take a message without a read. It is set by our answers alone;
/// clients neither see nor change it.
/// </summary>
/// <param name="Partition">Of the conversation; null on notifications.</param>
/// <param name="Version">Of a group: the version that the member's right was decided on. A change of the group makes it void.</param>
/// <param name="Username">As typed at registration.</param>
/// <param name="OtherId">In private: the other's account.</param>
/// <param name="Other">In private: the other's username.</param>
/// <param name="Inbox">On notifications: the hash of the groups that the connection was put into.</param>
internal sealed record SocketState(
    [property: JsonPropertyName("u")] string Username,
    [property: JsonPropertyName("s")] string SessionId,
    [property: JsonPropertyName("p")] string? Partition = null,
    [property: JsonPropertyName("l")] string? Log = null,
    [property: JsonPropertyName("v")] long Version = 0,
    [property: JsonPropertyName("i")] string? OtherId = null,
    [property: JsonPropertyName("o")] string? Other = null,
    [property: JsonPropertyName("h")] string? Inbox = null)
{
    public static SocketState Of(Caller caller) => new(caller.Username.Text, caller.SessionId);

    public SocketState In(ConversationId conversation) => this with { Partition = conversation.Partition, Log = conversation.Log };

    /// <summary>Null when the text is none that we wrote.</summary>
    public static SocketState? Decode(string? text)
    {
        if (text is null)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(Convert.FromBase64String(text), SocketStateJson.Default.SocketState);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Base64 of JSON, as the official helpers write it.</summary>
    public string Encode() => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this, SocketStateJson.Default.SocketState));

    public ConversationId? Conversation => Partition is not null && Log is not null ? new ConversationId(Partition, Log) : null;

    /// <summary>Who it was made for; null when the name breaks the rules.</summary>
    /// <param name="userId">From the event.</param>
    public Caller? CallerOf(string? userId) =>
        userId is not null && Names.Username.Parse(Username) is { } username ? new Caller(new AccountId(userId), username, SessionId) : null;
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SocketState))]
internal sealed partial class SocketStateJson : JsonSerializerContext;
