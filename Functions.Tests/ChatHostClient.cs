using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessChat.Tests;

/// <summary>An answer, read to its end.</summary>
/// <param name="Json">Undefined when the body is not JSON.</param>
/// <param name="Headers">Those of the message and of its content.</param>
public sealed record ApiAnswer(int Status, string Body, JsonElement Json, ILookup<string, string> Headers)
{
    /// <summary>A problem's <c>code</c>; null when the answer is no problem.</summary>
    public string? Code => Header("Content-Type") is "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    /// <summary>The fields that a 400 names.</summary>
    public IReadOnlyList<string> ErrorFields =>
        Json.TryGetProperty("errors", out JsonElement errors) ? [.. errors.EnumerateObject().Select(e => e.Name)] : [];

    public string? Header(string name) => Headers[name].FirstOrDefault();

    public override string ToString() => $"{Status} {Body}";
}

/// <summary>How tests speak to the API.</summary>
public static class ChatHostClient
{
    public static Task<ApiAnswer> GetJsonAsync(this HttpClient client, string path) => client.SendJsonAsync(HttpMethod.Get, path);

    public static Task<ApiAnswer> PostJsonAsync(this HttpClient client, string path, object? body = null) =>
        client.SendJsonAsync(HttpMethod.Post, path, body);

    public static Task<ApiAnswer> PostFormAsync(this HttpClient client, string path, params (string Name, string Value)[] fields) => client.SendContentAsync(
        HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    public static Task<ApiAnswer> SendJsonAsync(this HttpClient client, HttpMethod method, string path, object? body = null) =>
        client.SendContentAsync(method, path, body is null ? null : JsonContent.Create(body, body.GetType()));

    public static async Task<ApiAnswer> SendContentAsync(this HttpClient client, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute)) { Content = content };
        return await client.ReadAsync(request);
    }

    public static async Task<ApiAnswer> ReadAsync(this HttpClient client, HttpRequestMessage request)
    {
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        bool isJson = body.Length > 0 && response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json";
        return new ApiAnswer(
            (int)response.StatusCode,
            body,
            isJson ? JsonElement.Parse(body) : default,
            response.Headers.Concat(response.Content.Headers).SelectMany(h => h.Value, (h, v) => (h.Key, Value: v))
                .ToLookup(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase));
    }
}
