using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using ServerlessChat.Hosting;
using ServerlessChat.OpenApi;
using ServerlessChat.Tests.Infra;

namespace ServerlessChat.Tests.OpenApi;

/// <summary>The API's document says all that the endpoints do, and in a form that helps.</summary>
public sealed class DocumentTests
{
    private static readonly ApiContract Contract = ApiContract.Current;

    [Fact]
    public async Task The_Built_Document_Is_What_The_Endpoints_Generate() => Assert.Equal(
        await ApiDocument.GenerateAsync(TestContext.Current.CancellationToken), await File.ReadAllTextAsync(ApiContract.FilePath, TestContext.Current.CancellationToken));

    [Fact]
    public void Every_Endpoint_Of_The_Api_Describes_Itself()
    {
        using WebApplication app = Program.Build([]);
        IEnumerable<string> silent = Endpoints(app)
            .Where(endpoint => endpoint.Metadata.GetMetadata<OperationText>() is not { Summary.Length: > 0, Id.Length: > 0 })
            .Select(endpoint => endpoint.DisplayName!);
        Assert.Empty(silent); // .Describe("id", "Summary", Errors.…) belongs behind its MapGet, MapPost, …
    }

    [Fact]
    public void Every_Endpoint_Of_The_Api_Is_In_The_Document_By_Every_Method()
    {
        using WebApplication app = Program.Build([]);
        IEnumerable<string> mapped = Endpoints(app).SelectMany(
            endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods,
            (endpoint, method) => $"{method} {endpoint.RoutePattern.RawText}");
        Assert.Equal(mapped.Order(StringComparer.Ordinal), Contract.Operations.Select(operation => $"{operation.Method.ToUpperInvariant()} {operation.Path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_Operation_Declares_Its_Errors()
    {
        foreach (ApiOperation operation in Contract.Operations)
        {
            Assert.True(operation.Statuses.Contains(500) && operation.Statuses.Contains(503), operation.Id);
            Assert.True(operation.Id is "health" || operation.Statuses.Any(status => status is >= 400 and < 500), $"{operation.Id} declares no error of its caller's.");
            Assert.True(!operation.Path.Contains('{') || operation.Statuses.Any(status => status is 403 or 404), $"{operation.Id}: what does a name answer that nobody has?");
            Assert.True(!operation.Json.TryGetProperty("requestBody", out _) || operation.Statuses.Contains(400), operation.Id);
        }
    }

    [Fact]
    public void Every_Code_Of_An_Answer_Is_One_Of_The_Table()
    {
        IEnumerable<string> used = Contract.Document.At("components", "responses").EnumerateObject().SelectMany(response => response.Name.Split('.')).Distinct();
        Assert.Equal(Errors.All.Select(error => error.Code).Except([Errors.MethodNotAllowed.Code]).Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_Body_Has_Examples_And_They_Are_Of_Its_Shape()
    {
        foreach (ApiOperation operation in Contract.Operations)
        {
            foreach (JsonElement body in Bodies(operation))
            {
                JsonElement[] examples = [.. body.GetProperty("examples").EnumerateObject().Select(example => Contract.Resolve(example.Value).GetProperty("value"))];
                Assert.NotEmpty(examples);
                Assert.All(examples, example => Assert.Null(Schemas.Explain(Contract.Schemas.Of(body.GetProperty("schema")), example)));
            }
        }
    }

    [Theory]
    [InlineData("Group")]
    [InlineData("Message")]
    [InlineData("CreateGroupRequest")]
    [InlineData("RegisterRequest")]
    public void What_People_Write_Is_Shown_In_English_And_In_Persian(string schema)
    {
        JsonElement examples = Contract.Document.At("components", "examples");
        Assert.DoesNotMatch(@"[\u0600-\u06FF]", examples.At($"{schema}.english", "value").ToString());
        Assert.Matches(@"[\u0600-\u06FF]", examples.At($"{schema}.persian", "value").ToString());
    }

    [Theory]
    [InlineData("GroupPage", "group,messages,before,last_id")] // more is absent unless it was asked for what is after
    [InlineData("Message", "id,user,timestamp")] // What is no message has no text
    [InlineData("CreateGroupRequest", "group_name,slug,type")]
    [InlineData("PostMessageRequest", "message")]
    public void What_Must_Be_There_Is_Required(string schema, string required) => Assert.Equal(
        required.Split(','), Contract.Document.At("components", "schemas", schema, "required").EnumerateArray().Select(name => name.GetString()));

    [Fact]
    public void Bounds_Words_And_Comments_Of_The_Code_Are_In_The_Schemas()
    {
        JsonElement schemas = Contract.Document.At("components", "schemas");
        Assert.Equal("""{"maxLength":16000,"minLength":1,"type":"string","description":"1–16,000 UTF-16 characters after trimming."}""", Compact(schemas.At("PostMessageRequest", "properties", "message")));
        Assert.Equal("""["member","admin","owner",null]""", Compact(schemas.At("Group", "properties", "role", "enum")));
        Assert.Equal("""["null","string"]""", Compact(schemas.At("Profile", "properties", "language", "type")));
        Assert.Equal("In private: equals `user`.", schemas.At("Message", "properties", "sender", "description").GetString());
    }

    [Fact]
    public void A_Page_Is_Asked_For_By_Its_Query()
    {
        JsonElement parameters = Contract.Operations.Single(operation => operation.Id is "group").Json.GetProperty("parameters");
        Assert.Equal(["slug", "before", "after", "limit"], parameters.EnumerateArray().Select(parameter => Contract.Resolve(parameter).GetProperty("name").GetString()));
        Assert.Equal("""{"maximum":200,"minimum":1,"type":"integer","format":"int32","default":50}""", Compact(parameters[3].GetProperty("schema")));
    }

    [Fact]
    public void Forms_Are_Taken_Wherever_Json_Is()
    {
        JsonElement[] bodies = [.. Contract.Operations.Where(operation => operation.Json.TryGetProperty("requestBody", out _)).Select(operation => operation.Json.At("requestBody", "content"))];
        Assert.NotEmpty(bodies);
        Assert.All(bodies, content => Assert.Equal(["application/json", "application/x-www-form-urlencoded"], content.Names()));
    }

    /// <summary>Without the web client's pages, and what the Functions host's timer calls.</summary>
    private static IEnumerable<RouteEndpoint> Endpoints(IEndpointRouteBuilder app) => app.DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<TimerFunctionMetadata>() is null && endpoint.RoutePattern.RawText is not ("/" or "/assets/{file}" or "/favicon.svg"));

    /// <summary>Those with a shape: not the two that are anything.</summary>
    private static IEnumerable<JsonElement> Bodies(ApiOperation operation)
    {
        IEnumerable<JsonElement> contents = operation.Json.GetProperty("responses").EnumerateObject().Select(response => Contract.Resolve(response.Value));
        if (operation.Json.TryGetProperty("requestBody", out JsonElement request))
        {
            contents = contents.Append(request);
        }

        return contents.Where(content => content.TryGetProperty("content", out _)).SelectMany(content => content.GetProperty("content").EnumerateObject())
            .Where(media => media.Name is not "application/x-www-form-urlencoded" && media.Value.GetProperty("schema").EnumerateObject().Any())
            .Select(media => media.Value);
    }

    private static string Compact(JsonElement json) => JsonSerializer.Serialize(json, Unescaped);

    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() };
}
