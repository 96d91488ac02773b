using System.Security.Cryptography;
using System.Text.Json;

namespace ServerlessChat.Tests.Contract;

/// <summary>A group that a test has made.</summary>
public sealed record Room(ChatUser Owner, string Slug)
{
    public string Path => $"/chat/group/{Slug}/";
}

/// <summary>What tests do with groups.</summary>
internal static class Rooms
{
    public static string NewName(string prefix = "g") => $"{prefix}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";

    public static async Task<Room> OpenAsync(this ChatUser owner, string type = "public", string? slug = null)
    {
        slug ??= NewName();
        await owner.PostAsync("/chat/create_group/", new { group_name = "Group " + slug, slug, type }).Is(201);
        return new Room(owner, slug);
    }

    /// <summary>Puts somebody into a group, in a role.</summary>
    public static async Task AddAsync(this Room room, ChatUser user, string role = "member") =>
        await room.Owner.SendAsync(HttpMethod.Put, $"{room.Path}members/{user.Username}/", new { role }).Is(200);

    public static Task<ApiAnswer> SayAsync(this ChatUser user, Room room, string message, string? clientId = null) =>
        user.PostAsync(room.Path, clientId is null ? new { message } : new { message, client_id = clientId });

    /// <summary>Usernames and roles, read page by page.</summary>
    public static async Task<Dictionary<string, string>> MembersAsync(this ChatUser user, Room room)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        string? after = null;
        do
        {
            ApiAnswer page = await user.GetAsync($"{room.Path}members/?limit=2" + (after is null ? "" : "&after=" + after)).Is(200);
            foreach (JsonElement member in page.Json.List("members"))
            {
                members.Add(member.Text("username")!, member.Text("role")!);
            }

            after = page.Json.Text("after");
        }
        while (after is not null);
        return members;
    }

    /// <summary>The group on somebody's dashboard; null when it is not there.</summary>
    public static async Task<JsonElement?> SeeAsync(this ChatUser user, string slug, string list = "groups")
    {
        ApiAnswer dashboard = await user.GetAsync("/chat/").Is(200);
        return dashboard.Find(slug, list);
    }

    /// <summary>The group in a dashboard that was read; null when it is not there.</summary>
    public static JsonElement? Find(this ApiAnswer dashboard, string slug, string list)
    {
        JsonElement[] found = [.. dashboard.Json.List(list).Where(g => string.Equals(g.Text("slug"), slug, StringComparison.Ordinal))];
        Assert.True(found.Length <= 1, $"{slug} is on the dashboard more than once.");
        return found is [var one] ? one : null;
    }

    /// <summary>The same user on another instance.</summary>
    public static ChatUser On(this ChatUser user, RunningChat host) => user with { Client = host.SignedIn(user.Token) };
}
