using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ServerlessChat.Bench.Processes;

namespace ServerlessChat.Bench.Load;

/// <summary>Calls the API as people do. A call that is not answered as expected ends the benchmark: its figures would mean nothing.</summary>
internal sealed class ChatClient(FunctionApp app) : IDisposable
{
    public const string Password = "salam-donya-42";

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    })
    {
        BaseAddress = app.Address,
        Timeout = TimeSpan.FromSeconds(60),
    };

    public Task RegisterAsync(string username, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, "/chat/register/", token: null, new { username, password1 = Password, password2 = Password }, HttpStatusCode.Created, cancellationToken);

    /// <returns>The access token.</returns>
    public async Task<string> LoginAsync(string username, CancellationToken cancellationToken)
    {
        byte[] body = await SendAsync(
            HttpMethod.Post, "/chat/login/", token: null, new { username, password = Password }, HttpStatusCode.OK, cancellationToken);
        using JsonDocument session = JsonDocument.Parse(body);
        return session.RootElement.GetProperty("token").GetString()!;
    }

    public async Task<string> RegisterAndLoginAsync(string username, CancellationToken cancellationToken)
    {
        await RegisterAsync(username, cancellationToken);
        return await LoginAsync(username, cancellationToken);
    }

    public Task CreateGroupAsync(string token, string slug, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, "/chat/create_group/", token, new { group_name = "گروه سنجش", slug, type = "public" }, HttpStatusCode.Created, cancellationToken);

    public Task JoinAsync(string token, string slug, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"/chat/group/{slug}/join/", token, new { }, HttpStatusCode.NoContent, cancellationToken);

    public Task PostAsync(string token, string slug, string message, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, $"/chat/group/{slug}/", token, new { message, client_id = Guid.NewGuid() }, HttpStatusCode.Created, cancellationToken);

    /// <param name="query">Empty, or from its question mark.</param>
    /// <returns>The page as JSON.</returns>
    public Task<byte[]> ReadPageAsync(string token, string slug, string query, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"/chat/group/{slug}/{query}", token, body: null, HttpStatusCode.OK, cancellationToken);

    /// <returns>The address of a socket to a group.</returns>
    public async Task<Uri> NegotiateAsync(string token, string slug, CancellationToken cancellationToken)
    {
        byte[] body = await SendAsync(HttpMethod.Get, $"/ws/chat/{slug}/", token, body: null, HttpStatusCode.OK, cancellationToken);
        using JsonDocument negotiated = JsonDocument.Parse(body);
        return new Uri(negotiated.RootElement.GetProperty("url").GetString()!);
    }

    public Task FrontPageAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, "/", token: null, body: null, HttpStatusCode.OK, cancellationToken);

    public void Dispose() => _http.Dispose();

    /// <summary>Any call, and its answer's body.</summary>
    /// <exception cref="BenchException">It was answered with another status.</exception>
    public async Task<byte[]> SendAsync(
        HttpMethod method, string path, string? token, object? body, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web)) { Headers = { ContentType = Json } };
        }

        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.StatusCode == expected
            ? answer
            : throw new BenchException($"{method} {path} was answered {(int)response.StatusCode}: {System.Text.Encoding.UTF8.GetString(answer)}\n{app.Process.LastLines}");
    }
}
