using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessChat.Accounts;
using ServerlessChat.Blocks;
using ServerlessChat.Dashboard;
using ServerlessChat.Exporting;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Notifications;
using ServerlessChat.PrivateChats;
using ServerlessChat.Signals;
using ServerlessChat.Sockets;

namespace ServerlessChat.Hosting;

/// <summary>
/// Every shape on the wire: an index of the API. snake_case; unknown fields are ignored; a number may come as text, because
/// a plain HTML form can send nothing else.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(UtcMillisecondsConverter)])]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(ProfileRequest))]
[JsonSerializable(typeof(EraseRequest))]
[JsonSerializable(typeof(ExportLine))]
[JsonSerializable(typeof(SessionResponse))]
[JsonSerializable(typeof(ProfileResponse))]
[JsonSerializable(typeof(CreateGroupRequest))]
[JsonSerializable(typeof(ChangeGroupRequest))]
[JsonSerializable(typeof(PutMemberRequest))]
[JsonSerializable(typeof(GroupResponse))]
[JsonSerializable(typeof(GroupPageResponse))]
[JsonSerializable(typeof(DirectoryPageResponse))]
[JsonSerializable(typeof(MemberResponse))]
[JsonSerializable(typeof(MemberPageResponse))]
[JsonSerializable(typeof(PostMessageRequest))]
[JsonSerializable(typeof(EditRequest))]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(PrivatePageResponse))]
[JsonSerializable(typeof(BlockListResponse))]
[JsonSerializable(typeof(DashboardResponse))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(NegotiationResponse))]
[JsonSerializable(typeof(ErrorFrame))]
[JsonSerializable(typeof(GroupEvent))]
[JsonSerializable(typeof(Notification))]
[JsonSerializable(typeof(SignalRequest))]
[JsonSerializable(typeof(SignalFrame))]
[JsonSerializable(typeof(SignalNotification))]
[JsonSerializable(typeof(PresenceResponse))]
[JsonSerializable(typeof(GroupPresenceResponse))]
public sealed partial class ChatJson : JsonSerializerContext
{
    /// <summary>
    /// Leaves apostrophes and Persian words as they are: escaped, each letter would take six bytes instead of two. It doesn't escape HTML either, which is safe in
    /// <c>application/json</c> with <c>nosniff</c>, and in frames, which no browser takes for a page.
    /// </summary>
    public static ChatJson Readable => ReadableJson.Context;

    // Of its own: within this type it could be made before Default is.
    private static class ReadableJson
    {
        public static readonly ChatJson Context = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
