using System.Net.Http.Headers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ServerlessChat.Tests.Contract;

/// <summary>Whatever comes in: an answer in time, never a 5xx, every error a problem; and no error in the logs, which the host asserts at its end.</summary>
public abstract class BadInputTests(IContractHost contract)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(20);

    private readonly RunningChat _host = contract.Host;

    [Fact]
    public Task Json_Of_Any_Shape_Is_Answered() => SendAsync(Gen.OneOf(Inputs.Json, Inputs.Object).Select(Encoding.UTF8.GetBytes), Gen.Constant("application/json"), 120);

    [Fact]
    public Task Broken_Json_Is_Answered() => SendAsync(Inputs.Broken, Gen.Constant("application/json"), 100);

    [Fact]
    public Task Forms_Are_Answered() => SendAsync(Inputs.Form.Select(Encoding.UTF8.GetBytes), Gen.Constant("application/x-www-form-urlencoded"), 100);

    [Fact]
    public Task Any_Content_Type_Is_Answered() =>
        SendAsync(Gen.OneOf(Inputs.Object.Select(Encoding.UTF8.GetBytes), Inputs.Broken, Inputs.Form.Select(Encoding.UTF8.GetBytes)), Inputs.ContentType, 100);

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("x\\udc00y")]
    [InlineData("\\ude00\\ud83d")]
    public async Task Broken_Utf16_Is_Refused_In_Every_Field(string escaped)
    {
        (ChatUser sara, Room room) = await MakeAsync();
        foreach ((HttpMethod method, string path) in Inputs.Bodies)
        {
            foreach (string field in Inputs.Fields.Where(f => f.Length > 1))
            {
                string target = path.Replace("{g}", room.Slug, StringComparison.Ordinal).Replace("{u}", sara.Username, StringComparison.Ordinal);
                using HttpContent body = Body(Encoding.UTF8.GetBytes($"{{\"{field}\":\"{escaped}\"}}"), "application/json");
                ApiAnswer answer = await AssertAnsweredAsync(sara, method, target, body);
                Assert.True(answer.Status >= 400 || !answer.Body.Contains('\uFFFD', StringComparison.Ordinal), $"{method} {path} {field}: {answer}");
            }
        }
    }

    [Fact]
    public async Task Headers_May_Be_Anything()
    {
        ChatUser sara = await _host.SignedInAsync();
        using HttpClient client = _host.Anonymous();
        ForAll(Gen.Zip(Gen.Elements("Authorization", "Cookie", "Accept", "Origin"), Inputs.Header(sara.Token)), 120, async input =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/chat/", UriKind.Relative));
            request.Headers.TryAddWithoutValidation(input.Item1, input.Item2);
            ApiAnswer answer = await client.ReadAsync(request);
            Assert.True(answer.Status is 401 or 302, answer.ToString());
        });
    }

    [Fact]
    public async Task A_Name_In_A_Path_May_Be_Anything()
    {
        (ChatUser sara, Room room) = await MakeAsync();
        ForAll(Gen.Zip(Gen.Elements(Inputs.Paths), Inputs.PathSegment), 120, async input =>
        {
            ((HttpMethod method, string path), string segment) = input;
            string target = path.Replace("{x}", segment, StringComparison.Ordinal).Replace("{g}", room.Slug, StringComparison.Ordinal);
            using HttpContent? body = method == HttpMethod.Get ? null : Body("""{"message":"x","id":1}"""u8.ToArray(), "application/json");
            await AssertAnsweredAsync(sara, method, target, body);
        });
    }

    [Fact]
    public async Task A_Name_In_A_Body_Is_Taken_Or_Refused()
    {
        (ChatUser sara, Room _) = await MakeAsync();
        ForAll(Gen.Zip(Inputs.Text, Inputs.Text), 100, async input =>
        {
            (string name, string other) = input;
            string group = $$"""{"group_name":{{Inputs.Quote(other)}},"slug":{{Inputs.Quote(name)}},"type":"public"}""";
            ApiAnswer made = await AssertAnsweredAsync(sara, HttpMethod.Post, "/chat/create_group/", Body(Encoding.UTF8.GetBytes(group), "application/json"));
            Assert.True(made.Status is 201 or 400 or 409 or 413, made.ToString());
            if (made.Status == 201)
            {
                // What can be made has an address.
                await sara.GetAsync($"/chat/group/{Uri.EscapeDataString(name)}/").Is(200);
            }

            string account = $$"""{"username":{{Inputs.Quote(name)}},"password1":"fair enough 7","password2":"fair enough 7"}""";
            ApiAnswer registered = await AssertAnsweredAsync(sara, HttpMethod.Post, "/chat/register/", Body(Encoding.UTF8.GetBytes(account), "application/json"));
            Assert.True(registered.Status is 201 or 400 or 409 or 413, registered.ToString());
            if (registered.Status == 201)
            {
                await sara.GetAsync($"/chat/profile/{Uri.EscapeDataString(name)}/").Is(200);
                await sara.PostAsync($"/chat/private/{Uri.EscapeDataString(name)}/", new { message = "hi" }).Is(201);
            }
        });
    }

    [Fact]
    public async Task A_Cursor_May_Be_Anything()
    {
        (ChatUser sara, Room room) = await MakeAsync();
        string[] pages = [room.Path, $"/chat/chat/private/{sara.Username}/", room.Path + "members/"];
        Gen<string> parameter = Gen.Zip(Gen.Elements("before", "after", "limit", "other"), Inputs.Cursor, (name, value) => $"{name}={Uri.EscapeDataString(value)}");
        ForAll(Gen.Zip(Gen.Elements(pages), Gen.Choose(0, 4).SelectMany(n => parameter.ListOf(n))), 100, async input =>
        {
            ApiAnswer page = await AssertAnsweredAsync(sara, HttpMethod.Get, $"{input.Item1}?{string.Join('&', input.Item2)}", body: null);
            Assert.True(page.Status is 200 or 400, page.ToString());
        });
    }

    private async Task SendAsync(Gen<byte[]> bodies, Gen<string> types, int tests)
    {
        (ChatUser sara, Room room) = await MakeAsync();
        ForAll(Gen.Zip(Gen.Elements(Inputs.Bodies), Gen.Zip(bodies, types)), tests, async input =>
        {
            ((HttpMethod method, string path), (byte[] bytes, string type)) = input;
            string target = path.Replace("{g}", room.Slug, StringComparison.Ordinal).Replace("{u}", sara.Username, StringComparison.Ordinal);
            await AssertAnsweredAsync(sara, method, target, Body(bytes, type));
        });
    }

    private async Task<(ChatUser Sara, Room Room)> MakeAsync()
    {
        ChatUser sara = await _host.SignedInAsync();
        sara.Client.Timeout = TimeLimit;
        Room room = await sara.OpenAsync();
        await sara.SayAsync(room, "hi").Is(201);
        return (sara, room);
    }

    private async Task<ApiAnswer> AssertAnsweredAsync(ChatUser user, HttpMethod method, string path, HttpContent? body)
    {
        // The path goes out as it is: HttpClient would tidy it up.
        var target = new Uri(user.Client.BaseAddress!.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, target) { Content = body };
        ApiAnswer answer = await user.Client.ReadAsync(request);
        Assert.True(answer.Status < 500, $"{method} {path}: {answer}");

        // What the server can't even parse as a request never reaches the app, nor what no function takes; it is refused without a body.
        bool isUnreadable = answer is { Status: 400, Body: "" } && path.Contains("%00", StringComparison.Ordinal);
        bool isOfHost = answer is { Status: 404, Body: "" } && _host.IsOfHost(answer);
        if (answer.Status >= 400 && !isUnreadable && !isOfHost)
        {
            answer.IsWellMadeProblem();
        }

        return answer;
    }

    private static ByteArrayContent Body(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        if (type.Length > 0 && !MediaTypeHeaderValue.TryParse(type, out _))
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        else if (type.Length > 0)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        return content;
    }

    private static void ForAll<T>(Gen<T> inputs, int tests, Func<T, Task> assert) => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(tests).WithEndSize(50),
        Prop.ForAll(inputs.ToArbitrary(), input => Task.Run(() => assert(input)).GetAwaiter().GetResult()));
}
