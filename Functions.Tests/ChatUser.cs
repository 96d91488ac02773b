namespace ServerlessChat.Tests;

/// <summary>A registered user with a session.</summary>
/// <param name="Client">Sends the token.</param>
public sealed record ChatUser(HttpClient Client, string Username, string Password, string Token, string RefreshToken)
{
    public Task<ApiAnswer> GetAsync(string path) => Client.GetJsonAsync(path);

    /// <param name="path">As in the contract; names need no escaping.</param>
    /// <param name="body">Any object, sent as JSON with its names as they are; null sends no body.</param>
    public Task<ApiAnswer> PostAsync(string path, object? body = null) => Client.PostJsonAsync(path, body);

    public Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body = null) => Client.SendJsonAsync(method, path, body);
}
