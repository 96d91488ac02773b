using System.Globalization;
using System.Text.Json;

namespace ServerlessChat.Tests.Contract;

/// <summary>What the contract demands of an answer.</summary>
internal static class Expect
{
    public static readonly string[] Group = ["group_name", "slug", "type", "owner", "created_at", "role"];
    public static readonly string[] GroupSummary = [.. Group, "last_message", "unread", "last_id"];
    public static readonly string[] GroupMessage = ["id", "message", "user", "timestamp"];
    public static readonly string[] PrivateMessage = ["id", "message", "user", "sender", "recipient", "timestamp"];
    public static readonly string[] Profile = ["username", "display_name", "bio", "language", "created_at"];
    public static readonly string[] Session = ["token", "token_type", "expires_in", "refresh_token", "username"];

    /// <summary>The answer, when it has this status; a failure that shows the answer otherwise.</summary>
    public static ApiAnswer Is(this ApiAnswer answer, int status)
    {
        Assert.True(answer.Status == status, $"Expected {status}, got {answer}");
        return answer;
    }

    public static async Task<ApiAnswer> Is(this Task<ApiAnswer> answer, int status) => (await answer).Is(status);

    /// <summary>RFC 9457 with this code, and with errors about exactly these fields.</summary>
    public static void IsProblem(this ApiAnswer answer, int status, string code, params string[] fields)
    {
        answer.Is(status).IsWellMadeProblem();
        Assert.Equal(code, answer.Code);
        Assert.Equal(fields.Order(StringComparer.Ordinal), answer.ErrorFields.Order(StringComparer.Ordinal));
    }

    public static async Task IsProblem(this Task<ApiAnswer> answer, int status, string code, params string[] fields) =>
        (await answer).IsProblem(status, code, fields);

    public static void IsWellMadeProblem(this ApiAnswer answer)
    {
        Assert.True(answer.Header("Content-Type") is "application/problem+json", $"No problem: {answer}");
        string[] names = [.. answer.Json.EnumerateObject().Select(p => p.Name).Where(n => n is not "errors")];
        Assert.Equal(["type", "title", "status", "detail", "code"], names);
        Assert.Equal(answer.Status, answer.Json.GetProperty("status").GetInt32());
        if (answer.Json.TryGetProperty("errors", out JsonElement errors))
        {
            Assert.All(errors.EnumerateObject(), field => Assert.All(field.Value.EnumerateArray(), text => Assert.NotEmpty(text.GetString()!)));
        }

        if (answer.Status == 401)
        {
            Assert.Equal("Bearer", answer.Header("WWW-Authenticate"));
        }
    }

    /// <summary>An object with these properties and no other.</summary>
    public static JsonElement HasExactly(this JsonElement json, params string[] names)
    {
        Assert.Equal(names.Order(StringComparer.Ordinal), json.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        return json;
    }

    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();

    public static long Number(this JsonElement json, string name) => json.GetProperty(name).GetInt64();

    /// <summary>RFC 3339, UTC, milliseconds, not far from now.</summary>
    public static DateTimeOffset Time(this JsonElement json, string name)
    {
        var time = DateTimeOffset.ParseExact(
            json.Text(name)!, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange(time, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
        return time;
    }

    public static JsonElement[] List(this JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray()];

    public static long[] Ids(this JsonElement page) => [.. page.List("messages").Select(m => m.Number("id"))];
}
