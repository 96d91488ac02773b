using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Emulator.Tests.Infrastructure;

namespace Emulator.Tests.Rest;

public sealed class ErrorTests
{
    [Fact]
    public async Task Wrong_Parameter_Is_Answered_With_Problem_Details()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var answer = await emulator.PostAsync("/:send?filter=invalid%20filter", "x");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("Error.BadRequest", answer.Headers.GetValues("x-ms-error-code").Single());
        const string Message = "Invalid syntax for 'invalid filter': Syntax error at position 14 in 'invalid filter'. (Parameter 'filter')";
        Assert.Equal(
            $$$"""{"code":"Error.BadRequest","message":"{{{Message}}}","target":"filter","errors":{"filter":["{{{Message}}}"]},"type":null,"title":"One or more validation errors occurred.","status":400,"detail":null,"instance":null,"extensions":{}}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Unknown_Connection_Is_Answered_With_The_Services_Error()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var answer = await emulator.CallAsync(HttpMethod.Put, "/permissions/joinLeaveGroup/connections/none?targetName=g");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            """{"code":"Info.Connection.NotExisted","message":"Connection `none` is not found.","target":"Connection","details":null,"inner":null}""",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("connections/none", "Warning.Connection.NotExisted")]
    [InlineData("groups/none", "Warning.Group.NotExisted")]
    [InlineData("users/none", "Warning.User.NotExisted")]
    public async Task Head_Tells_Its_Error_In_A_Header_Alone(string path, string code)
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var answer = await emulator.CallAsync(HttpMethod.Head, $"/{path}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(code, answer.Headers.GetValues("x-ms-error-code").Single());
        Assert.NotEqual(0, answer.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("POST", "/groups/%20/:send", "group")]
    [InlineData("PUT", "/permissions/joinLeaveGroup/connections/c", "targetName")]
    [InlineData("PUT", "/permissions/fly/connections/c?targetName=g", "permission")]
    [InlineData("POST", "/:send?messageTtlSeconds=301", "messageTtlSeconds")]
    [InlineData("POST", "/:send?messageTtlSeconds=x", "messageTtlSeconds")]
    [InlineData("GET", "/groups/g/connections?maxpagesize=0", "maxpagesize")]
    [InlineData("GET", "/groups/g/connections?maxpagesize=201", "maxpagesize")]
    [InlineData("GET", "/groups/g/connections?top=0", "top")]
    [InlineData("GET", "/groups/g/connections?continuationToken=%24", "continuationToken")]
    [InlineData("POST", "/:generateToken?minutesToExpire=0", "minutesToExpire")]
    [InlineData("POST", "/:generateToken?clientType=carrier-pigeon", "clientType")]
    [InlineData("POST", "/:generateToken?group=%20", "group")]
    public async Task Parameters_Out_Of_Bounds_Are_Named(string method, string path, string target)
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var answer = await emulator.CallAsync(HttpMethod.Parse(method), path, new StringContent("x"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(target, body.RootElement.GetProperty("target").GetString());
    }

    [Fact]
    public async Task Bodies_That_Are_Wrong_Are_Refused()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var type = await emulator.PostAsync("/:send", "x", "text/html");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, type.StatusCode);
        using var json = await emulator.PostAsync("/:send", "{", "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
        Assert.Contains("The request body is not a valid JSON.", await ReadAsync(json), StringComparison.Ordinal);
        using var large = await emulator.PostAsync("/:send", new string('x', (1024 * 1024) + 1));
        Assert.Contains("Invalid Content-Length header.", await ReadAsync(large), StringComparison.Ordinal);
        using var largest = await emulator.PostAsync("/:send", new string('x', 1024 * 1024));
        Assert.Equal(HttpStatusCode.Accepted, largest.StatusCode);
        using var text = await emulator.CallAsync(HttpMethod.Post, "/:send", InvalidText());
        Assert.Equal(HttpStatusCode.BadRequest, text.StatusCode);
        using var groups = await emulator.PostAsync("/:addToGroups", """{"filter":""}""", "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, groups.StatusCode);
    }

    [Fact]
    public async Task Unknown_Operations_And_Hubs_Are_Refused()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var operation = await emulator.PostAsync("/:sing", "x");
        Assert.Equal(HttpStatusCode.NotFound, operation.StatusCode);
        using var hub = await emulator.PostAsync("/:send", "x", hub: "my-hub");
        Assert.Equal(HttpStatusCode.BadRequest, hub.StatusCode);
    }

    [Fact]
    public async Task Unknown_Api_Version_Is_Taken_For_The_Newest_Unless_The_Option_Says_Otherwise()
    {
        await using var lenient = await TestEmulator.StartAsync();
        using var taken = await lenient.PostAsync("/:send?api-version=2030-01-01", "x");
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Contains("2024-12-01", taken.Headers.GetValues("api-supported-versions").Single(), StringComparison.Ordinal);
        await using var strict = await TestEmulator.StartAsync(options => options.AcceptUnknownApiVersions = false);
        using var refused = await strict.PostAsync("/:send?api-version=2030-01-01", "x");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var missing = await strict.PostAsync("/:send", "x");
        Assert.Equal(HttpStatusCode.Accepted, missing.StatusCode);
    }

    private static ByteArrayContent InvalidText()
    {
        var content = new ByteArrayContent([0xFF, 0xFE]);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        return content;
    }

    private static Task<string> ReadAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
