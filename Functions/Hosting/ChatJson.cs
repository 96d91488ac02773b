using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessChat.Accounts;

namespace ServerlessChat.Hosting;

/// <summary>
/// Every shape on the wire: an index of the API. snake_case; unknown fields are ignored; a number may come as text, because
/// a plain HTML form can send nothing else.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.Unspecified,
    Converters = [typeof(UtcMillisecondsConverter)])]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(FrontPage))]
[JsonSerializable(typeof(RegisterRequest))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(ProfileRequest))]
[JsonSerializable(typeof(SessionResponse))]
[JsonSerializable(typeof(ProfileResponse))]
public sealed partial class ChatJson : JsonSerializerContext;
