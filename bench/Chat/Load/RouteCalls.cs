using System.Net;
using System.Text.Json;

namespace ServerlessChat.Bench.Load;

/// <param name="CallAsync">One request; the number is another each time.</param>
internal sealed record Route(string Name, Func<int, CancellationToken, Task> CallAsync);

/// <summary>A call of every route, as two members of a group make them.</summary>
internal sealed class RouteCalls(Bench bench, string slug)
{
    private readonly string _group = $"/chat/group/{slug}/";
    private string? _refreshToken;

    private static string Name(int i) => $"گذرا{i}";

    public Route[] All() =>
    [
        Get("/", token: false),
        Get("/health/", token: false),
        new("POST /chat/register/", (i, stop) => bench.Chat.RegisterAsync(Name(i), stop)),
        new("POST /chat/login/ (10,000 iterations)", (_, stop) => bench.Chat.LoginAsync("کاربر1", stop)),
        new("POST /chat/refresh/", RefreshAsync),
        Get("/chat/profile/"),
        Get("/chat/profile/کاربر1/"),
        new("PATCH /chat/profile/", (i, stop) => SendAsync(HttpMethod.Patch, "/chat/profile/", new { bio = $"{i}" }, HttpStatusCode.OK, stop)),
        new($"POST {_group}", (i, stop) => bench.Chat.PostAsync(bench.People[0], slug, Texts.Message(i), stop)),
        Get(_group),
        Get(_group + "members/"),
        new("POST /chat/group/…/join/", (_, stop) => SendAsync(HttpMethod.Post, _group + "join/", new { }, HttpStatusCode.NoContent, stop)),
        new("POST /chat/group/…/read/", (_, stop) => SendAsync(HttpMethod.Post, _group + "read/", new { id = 1 }, HttpStatusCode.NoContent, stop)),
        new("POST /chat/chat/private/…/", (i, stop) => SendAsync(HttpMethod.Post, "/chat/chat/private/کاربر1/", new { message = Texts.Message(i) }, HttpStatusCode.Created, stop)),
        Get("/chat/chat/private/کاربر1/"),
        Get("/chat/"),
        Get($"/ws/chat/{slug}/"),
        Get("/ws/private_chat/کاربر1/"),
        Get("/ws/notifications/کاربر0/"),
        new("POST /chat/create_group/ and /chat/delete_group/", CreateAndDeleteAsync), // Last: what the sweep has to remove makes a dashboard dear.
    ];

    private Route Get(string path, bool token = true) => new(
        $"GET {path}", (_, stop) => bench.Chat.SendAsync(HttpMethod.Get, path, token ? bench.People[0] : null, body: null, HttpStatusCode.OK, stop));

    private Task<byte[]> SendAsync(HttpMethod method, string path, object body, HttpStatusCode expected, CancellationToken cancellationToken) =>
        bench.Chat.SendAsync(method, path, bench.People[0], body, expected, cancellationToken);

    private async Task RefreshAsync(int number, CancellationToken cancellationToken)
    {
        byte[] session = _refreshToken is null
            ? await bench.Chat.SendAsync(HttpMethod.Post, "/chat/login/", token: null, new { username = "کاربر0", password = ChatClient.Password }, HttpStatusCode.OK, cancellationToken)
            : await bench.Chat.SendAsync(HttpMethod.Post, "/chat/refresh/", token: null, new { refresh_token = _refreshToken }, HttpStatusCode.OK, cancellationToken);
        using JsonDocument json = JsonDocument.Parse(session);
        _refreshToken = json.RootElement.GetProperty("refresh_token").GetString();
    }

    private async Task CreateAndDeleteAsync(int number, CancellationToken cancellationToken)
    {
        string own = $"گروه-{number}";
        await bench.Chat.CreateGroupAsync(bench.People[0], own, cancellationToken);
        await SendAsync(HttpMethod.Post, $"/chat/delete_group/{own}/", new { }, HttpStatusCode.NoContent, cancellationToken);
    }
}
