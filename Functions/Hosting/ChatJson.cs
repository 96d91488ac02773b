using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ServerlessChat.Dashboard;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.PrivateChats;

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
[JsonSerializable(typeof(CreateGroupRequest))]
[JsonSerializable(typeof(ChangeGroupRequest))]
[JsonSerializable(typeof(PutMemberRequest))]
[JsonSerializable(typeof(GroupResponse))]
[JsonSerializable(typeof(GroupPageResponse))]
[JsonSerializable(typeof(MemberResponse))]
[JsonSerializable(typeof(MemberPageResponse))]
[JsonSerializable(typeof(PostMessageRequest))]
[JsonSerializable(typeof(MessageResponse))]
[JsonSerializable(typeof(ReadRequest))]
[JsonSerializable(typeof(PrivatePageResponse))]
[JsonSerializable(typeof(DashboardResponse))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(FrontPage))]
public sealed partial class ChatJson : JsonSerializerContext
{
    /// <summary>
    /// What the app reads and writes with. Text goes out as it is: Persian escaped as \u0633 would be three times as long. It is safe, because the
    /// answers are <c>application/json</c> with <c>nosniff</c> and are never pasted into HTML.
    /// </summary>
    public static ChatJson Wire { get; } = new(new JsonSerializerOptions(Default.Options!) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static JsonTypeInfo<T> TypeOf<T>() => (JsonTypeInfo<T>)Wire.GetTypeInfo(typeof(T))!;
}
