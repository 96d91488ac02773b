using System.Text;

namespace ServerlessChat.Tests.Contract;

/// <summary>Conventions that hold at every address.</summary>
public abstract class AddressTests(IContractHost contract)
{
    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task Health_Says_Ok()
    {
        using HttpClient client = _host.Anonymous();

        Assert.Equal("ok", (await client.GetJsonAsync("/health/").Is(200)).Json.Text("status"));
        await client.GetJsonAsync("/health").Is(200);
    }

    [Theory]
    [InlineData("PUT", "/chat/register/", "POST")]
    [InlineData("GET", "/chat/login", "POST")]
    [InlineData("POST", "/chat/", "GET")]
    [InlineData("GET", "/chat/create_group/", "POST")]
    [InlineData("GET", "/chat/delete_group/x/", "POST", "DELETE")]
    [InlineData("DELETE", "/chat/group/x/", "GET", "POST", "PATCH")]
    [InlineData("PUT", "/chat/chat/private/x/", "GET", "POST")]
    [InlineData("PUT", "/chat/private/x/", "GET", "POST")]
    [InlineData("POST", "/chat/group/x/members/", "GET")]
    [InlineData("POST", "/chat/group/x/members/y/", "PUT", "DELETE")]
    [InlineData("GET", "/chat/group/x/read/", "POST")]
    [InlineData("GET", "/chat/group/x/typing/", "POST")]
    [InlineData("POST", "/chat/group/x/presence/", "GET")]
    [InlineData("GET", "/chat/chat/private/x/typing/", "POST")]
    [InlineData("POST", "/chat/private/x/presence/", "GET")]
    [InlineData("POST", "/health/", "GET")]
    public async Task Another_Method_Answers_405_With_Allow(string method, string path, params string[] allowed)
    {
        ChatUser sara = await _host.SignedInAsync();

        ApiAnswer answer = await sara.SendAsync(new HttpMethod(method), path);

        answer.IsProblem(405, "method_not_allowed");
        string[] allow = [.. answer.Headers["Allow"].SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries))];
        Assert.Superset(allowed.ToHashSet(StringComparer.Ordinal), allow.ToHashSet(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/chat/nothing/")]
    [InlineData("/api/chat/")]
    [InlineData("/chat/group/")]
    [InlineData("/chat/group/a/b/")]
    [InlineData("/chat/chat/private/")]
    [InlineData("/favicon.txt")]
    public async Task Another_Path_Answers_404(string path)
    {
        ChatUser sara = await _host.SignedInAsync();
        using HttpClient nobody = _host.Anonymous();

        await sara.GetAsync(path).IsProblem(404, "not_found");
        await nobody.GetJsonAsync(path).IsProblem(404, "not_found");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_Media_Type_Answers_415(string type)
    {
        ChatUser sara = await _host.SignedInAsync();
        using var body = new ByteArrayContent("{}"u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        await sara.Client.SendContentAsync(HttpMethod.Post, "/chat/create_group/", body).IsProblem(415, "unsupported_media_type");
    }

    [Theory]
    [InlineData(65_536, 400)]
    [InlineData(65_537, 413)]
    [InlineData(200_000, 413)]
    public async Task A_Body_Over_64_KiB_Answers_413(int size, int status)
    {
        ChatUser sara = await _host.SignedInAsync();
        string json = "{\"message\":\"" + new string('x', size - 14) + "\"}";
        using var body = new StringContent(json, Encoding.UTF8, "application/json");

        ApiAnswer answer = await sara.Client.SendContentAsync(HttpMethod.Post, $"/chat/private/{sara.Username}/", body);

        Assert.Equal(size, json.Length);
        answer.IsProblem(status, status == 413 ? "body_too_large" : "invalid_request", status == 413 ? [] : ["message"]);
    }
}
