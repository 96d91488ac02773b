using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.Hosting;

/// <summary>What counts as a body, through a test address that gives back what was bound.</summary>
public sealed class BodyTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private ChatHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ChatHost.StartAsync(azurite.NewConnectionString(), new ChatHostOptions
    {
        Map = app =>
        {
            app.MapPost("/text/", (Body<RegisterRequest> body) => Results.Text($"{body.Value.Username}|{body.Value.Password1}"));
            app.MapPost("/shape/", (Body<ProblemBody> body) => Results.Text($"{body.Value.Type}|{body.Value.Status}"));
        },
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("application/json", """{"username":"علی‌رضا","password1":"b😀"}""", "علی‌رضا|b😀")]
    [InlineData("application/json; charset=utf-8", """{"username":"a"}""", "a|")]
    [InlineData("application/json; charset=\"UTF-8\"", """{"username":"a"}""", "a|")]
    [InlineData("APPLICATION/JSON", """ {"username":"a","unknown":{"x":[1]}} """, "a|")]
    [InlineData("application/merge-patch+json", """{"username":"a"}""", "a|")]
    [InlineData("application/json", """{"username":"a","username":"b"}""", "b|")]
    [InlineData("application/json", "\uFEFF{\"username\":\"a\"}", "a|")]
    [InlineData("application/json", """{"username":null}""", "|")]
    [InlineData("application/x-www-form-urlencoded", "username=%D8%B9%D9%84%DB%8C%E2%80%8C%D8%B1%D8%B6%D8%A7&password1=a+b%2Bc%3D", "علی‌رضا|a b+c=")]
    [InlineData("application/x-www-form-urlencoded; charset=UTF-8", "username=a&username=b&other=x", "b|")]
    [InlineData("application/x-www-form-urlencoded", "username=علی&password1", "علی|")]
    [InlineData("application/x-www-form-urlencoded", "username=100%&password1=%ff%", "100%|%ff%")]
    [InlineData("application/x-www-form-urlencoded", "", "|")]
    [InlineData(null, "", "|")]
    public async Task A_Good_Body_Is_Bound(string? contentType, string body, string bound)
    {
        ApiAnswer answer = await PostAsync("/text/", contentType, Encoding.UTF8.GetBytes(body));
        Assert.Equal((200, bound), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    [InlineData("{'username':'a'}")]
    [InlineData("""{"username":"a"} {}""")]
    [InlineData("""{"username":"a",}""")]
    [InlineData("""{"username":5} trailing""")]
    [InlineData("<xml/>")]
    public async Task A_Body_That_Is_No_Json_Object_Is_Invalid_Json(string body) =>
        ErrorTests.AssertProblem(await PostAsync("/text/", "application/json", Encoding.UTF8.GetBytes(body)), Errors.InvalidJson);

    [Fact]
    public async Task Json_Too_Deep_Is_Invalid_Json()
    {
        string deep = "{\"other\":" + new string('[', 30_000) + new string(']', 30_000) + "}";
        ErrorTests.AssertProblem(await PostAsync("/text/", "application/json", Encoding.UTF8.GetBytes(deep)), Errors.InvalidJson);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_Body_That_Is_Not_Utf8_Is_Invalid(string contentType) =>
        ErrorTests.AssertProblem(await PostAsync("/text/", contentType, [.. "username=\"a"u8, 0xC3, 0x28, (byte)'"']), Errors.InvalidJson);

    [Theory]
    [InlineData("/text/", """{"username":5}""", "username", "This must be text.")]
    [InlineData("/text/", """{"password1":["a"]}""", "password1", "This must be text.")]
    [InlineData("/text/", """{"username":"a","password2":{"b":1}}""", "password2", "This must be text.")]
    [InlineData("/text/", """{"username":"\ud800"}""", "username", "This must be text.")]
    [InlineData("/shape/", """{"status":"many"}""", "status", "This must be a whole number.")]
    [InlineData("/shape/", """{"status":1e99}""", "status", "This must be a whole number.")]
    [InlineData("/shape/", """{"errors":{"a":[5]}}""", "errors", "This has the wrong type.")]
    public async Task A_Field_Of_The_Wrong_Type_Is_Named(string path, string body, string field, string text)
    {
        ApiAnswer answer = await PostAsync(path, "application/json", Encoding.UTF8.GetBytes(body));

        ErrorTests.AssertProblem(answer, Errors.InvalidRequest);
        Assert.Equal([field], answer.ErrorFields);
        Assert.Equal(text, answer.Json.GetProperty("errors").GetProperty(field)[0].GetString());
    }

    [Fact]
    public async Task A_Number_May_Come_As_Text_As_Forms_Send_It()
    {
        Assert.Equal("t|7", (await PostAsync("/shape/", "application/json", """{"type":"t","status":"7"}"""u8.ToArray())).Body);
        Assert.Equal("t|7", (await PostAsync("/shape/", "application/x-www-form-urlencoded", "type=t&status=7"u8.ToArray())).Body);
    }

    [Theory]
    [InlineData(null, "{}")]
    [InlineData("text/plain", "{}")]
    [InlineData("text/json", "{}")]
    [InlineData("application/json; charset=utf-16", "{}")]
    [InlineData("application/x-www-form-urlencoded; charset=iso-8859-1", "username=a")]
    [InlineData("multipart/form-data; boundary=x", "--x--")]
    [InlineData("application/octet-stream", "{}")]
    [InlineData("nonsense", "{}")]
    public async Task Another_Media_Type_Is_Unsupported(string? contentType, string body) =>
        ErrorTests.AssertProblem(await PostAsync("/text/", contentType, Encoding.UTF8.GetBytes(body)), Errors.UnsupportedMediaType);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_Body_Of_64_KiB_Is_Taken_And_A_Byte_More_Is_Too_Large(bool chunked)
    {
        byte[] most = Encoding.UTF8.GetBytes($$"""{"username":"a","other":"{{new string('x', (64 * 1024) - 27)}}"}""");
        Assert.Equal(64 * 1024, most.Length);

        Assert.Equal("a|", (await PostAsync("/text/", "application/json", most, chunked)).Body);
        ErrorTests.AssertProblem(await PostAsync("/text/", "application/json", [.. most, (byte)' '], chunked), Errors.BodyTooLarge);
    }

    private Task<ApiAnswer> PostAsync(string path, string? contentType, byte[] body, bool chunked = false)
    {
        HttpContent content = chunked ? new StreamContent(new UnseekableStream(body)) : new ByteArrayContent(body);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return _host.Anonymous().SendContentAsync(HttpMethod.Post, path, content);
    }

    /// <summary>Of unknown length, so it is sent in chunks.</summary>
    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
