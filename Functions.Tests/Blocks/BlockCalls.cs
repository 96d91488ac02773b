using System.Text.Json;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Blocks;

/// <summary>What the tests of blocks do over and over.</summary>
internal static class BlockCalls
{
    public const string List = "/chat/blocks/";

    public static string Chat(this ChatUser other) => $"/chat/private/{other.Username}/";

    public static Task<ApiAnswer> BlockAsync(this ChatUser user, ChatUser other) => user.SendAsync(HttpMethod.Put, $"{List}{other.Username}/");

    public static Task<ApiAnswer> UnblockAsync(this ChatUser user, ChatUser other) => user.UnblockAsync(other.Username);

    public static Task<ApiAnswer> UnblockAsync(this ChatUser user, string name) => user.SendAsync(HttpMethod.Delete, $"{List}{name}/");

    public static Task<ApiAnswer> TellAsync(this ChatUser user, ChatUser other, string message = "hi", string? clientId = null) =>
        user.PostAsync(other.Chat(), clientId is null ? new { message } : new { message, client_id = clientId });

    public static async Task<JsonElement[]> BlocksAsync(this ChatUser user) =>
        [.. (await user.GetAsync(List).Is(200)).Json.HasExactly("blocks").List("blocks").Select(block => block.HasExactly("username", "display_name", "blocked_at"))];

    /// <summary>Usernames, as the list has them.</summary>
    public static async Task<string[]> BlockedAsync(this ChatUser user) => [.. (await user.BlocksAsync()).Select(block => block.Text("username")!)];

    /// <summary>Whether somebody's page of the chat says that they block the other.</summary>
    public static async Task<bool> SaysBlockedAsync(this ChatUser user, ChatUser other) =>
        (await user.GetAsync(other.Chat()).Is(200)).Json.TryGetProperty("blocked", out JsonElement blocked) && blocked.GetBoolean();

    public static async Task<int> ChatsAsync(this ChatUser user) => (await user.GetAsync("/chat/").Is(200)).Json.List("private_chats").Length;
}
