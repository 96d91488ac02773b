using System.Text.Json;

namespace ServerlessChat.Tests.OpenApi;

/// <summary>What holds every answer of the tests against the document does notice.</summary>
public sealed class ApiContractTests
{
    private const string Problem = "application/problem+json";
    private const string Message = """{"id":1,"message":"hi","user":"sara","timestamp":"2026-11-22T08:15:02.123Z"}""";
    private const string Gone = """{"type":"urn:serverlesschat:error:not_found","title":"t","status":404,"detail":"d","code":"not_found"}""";
    private const string Busy = """{"type":"urn:serverlesschat:error:too_many_requests","title":"t","status":429,"detail":"d","code":"too_many_requests"}""";

    [Theory]
    [InlineData("POST", "/chat/group/books/", 201, "application/json", Message)]
    [InlineData("POST", "/chat/group/books", 200, "application/json", Message)]
    [InlineData("POST", "/CHAT/Group/%D8%A8%D8%A7%D8%BA/", 404, Problem, Gone)]
    [InlineData("POST", "/chat/group/books/", 429, Problem, Busy, "retry-after")]
    [InlineData("POST", "/chat/group/books/join/", 204, null, null)]
    [InlineData("GET", "/chat/profile/", 401, Problem, """{"type":"t","title":"t","status":401,"detail":"d","code":"not_signed_in"}""", "WWW-Authenticate")]
    [InlineData("HEAD", "/chat/group/books/", 200, "application/json", null)]
    [InlineData("PUT", "/chat/group/books/", 405, Problem, "{}")]
    [InlineData("GET", "/nowhere/", 404, Problem, Gone)]
    [InlineData("GET", "/chat/group/books/members/../", 404, Problem, Gone)]
    [InlineData("DELETE", "/chat/group/books/members/%2E", 405, Problem, "{}")]
    [InlineData("GET", "/", 200, "text/html", null)]
    [InlineData("GET", "/chat/group/books/", 400, null, null)]
    public void What_The_Document_Declares_Is_Let_Through(string method, string path, int status, string? type, string? body, string? header = null) =>
        Assert.Null(Explain(method, path, status, type, body, header));

    [Theory]
    [InlineData("POST", "/chat/group/books/", 202, "application/json", Message, "status 202")]
    [InlineData("POST", "/chat/group/books/", 201, "text/plain", null, "content type text/plain")]
    [InlineData("POST", "/chat/group/books/", 201, null, null, "content type (none)")]
    [InlineData("POST", "/chat/group/books/join/", 204, "application/json", Message, "content type application/json")]
    [InlineData("POST", "/chat/group/books/", 201, "application/json", """{"id":1,"message":"hi","user":"sara"}""", "timestamp")]
    [InlineData("POST", "/chat/group/books/", 201, "application/json", """{"id":1,"message":"hi","user":"sara","timestamp":"2026-11-22T08:15:02.123Z","colour":"red"}""", "/colour is not declared")]
    [InlineData("POST", "/chat/group/books/", 201, "application/json", """{"id":"1","message":"hi","user":"sara","timestamp":"2026-11-22T08:15:02.123Z"}""", "/id type")]
    [InlineData("POST", "/chat/group/books/", 201, "application/json", """{"id":1,"message":"hi","user":"sara","timestamp":"yesterday"}""", "/timestamp format")]
    [InlineData("POST", "/chat/group/books/", 201, "application/json", """{"id":1,"message":"hi","user":"sara","sender":null,"timestamp":"2026-11-22T08:15:02.123Z"}""", "/sender type")]
    [InlineData("POST", "/chat/group/books/", 404, Problem, """{"type":"t","title":"t","status":404,"detail":"d","code":"gone"}""", "/code enum")]
    [InlineData("POST", "/chat/group/books/", 404, Problem, """{"type":"t","title":"t","status":404,"detail":"d","code":"not_found","trace":"x"}""", "/trace is not declared")]
    [InlineData("POST", "/chat/group/books/", 429, Problem, Busy, "no header Retry-After")]
    [InlineData("PUT", "/chat/group/books/", 200, "application/json", Message, "does not declare the method")]
    [InlineData("GET", "/nowhere/", 200, "application/json", Message, "no such address")]
    public void What_It_Does_Not_Is_Found(string method, string path, int status, string? type, string? body, string expected) =>
        Assert.Contains(expected, Explain(method, path, status, type, body), StringComparison.Ordinal);

    [Fact]
    public void A_Fixed_Word_Goes_Before_A_Parameter()
    {
        var contract = new ApiContract("""
            {"components":{"schemas":{}},"paths":{
              "/chat/profile/{username}/":{"get":{"operationId":"other","responses":{"404":{}}}},
              "/chat/profile/export/":{"get":{"operationId":"export","responses":{"200":{}}}}}}
            """);
        Assert.Null(contract.Explain("GET", "/chat/profile/export/", Of(200, null, null, null)));
        Assert.NotNull(contract.Explain("GET", "/chat/profile/sara/", Of(200, null, null, null)));
    }

    [Theory]
    [InlineData("""{"message":"hi","colour":"red"}""", true)]
    [InlineData("""{"message":"hi","client_id":null}""", true)]
    [InlineData("""{"client_id":"a"}""", false)]
    [InlineData("""{"message":""}""", false)]
    public void What_The_App_Accepts_The_Document_Allows(string request, bool isAllowed)
    {
        Answer answer = Of(201, "application/json", Message, header: null) with { Request = JsonElement.Parse(request) };
        Assert.Equal(isAllowed, ApiContract.Current.Explain("POST", "/chat/group/books/", answer) is null);
        Assert.Equal(isAllowed, ApiContract.Current.Explain("POST", "/chat/private/sara/", answer) is null);
    }

    private static string? Explain(string method, string path, int status, string? type, string? body, string? header = null) =>
        ApiContract.Current.Explain(method, path, Of(status, type, body, header));

    private static Answer Of(int status, string? type, string? body, string? header) => new(
        status,
        type,
        body is null ? default : JsonElement.Parse(body),
        new HashSet<string>(header is null ? [] : [header], StringComparer.OrdinalIgnoreCase));
}
