using System.Text.Json;

namespace ServerlessChat.Tests.Contract;

/// <summary>Addresses 5, 6 and 7, and the sessions of part 2: their shapes.</summary>
public abstract class AccountShapeTests(IContractHost contract)
{
    private const string Password = "a sentence nobody guesses";

    private readonly RunningChat _host = contract.Host;

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    public async Task An_Account_Is_Registered_And_Used_By_Forms_And_Json(string slash)
    {
        using HttpClient client = _host.Anonymous();
        string username = Rooms.NewName("\u0633\u0627\u0631\u0627");

        ApiAnswer registered = await client.PostFormAsync(
            "/chat/register" + slash, ("username", username), ("password1", Password), ("password2", Password)).Is(201);
        ApiAnswer byForm = await client.PostFormAsync("/chat/login" + slash, ("username", username), ("password", Password)).Is(200);
        ApiAnswer byJson = await client.PostJsonAsync("/chat/login" + slash, new { username = username.ToUpperInvariant(), password = Password }).Is(200);

        registered.Json.HasExactly(Expect.Profile).Time("created_at");
        Assert.Equal((username, username, ""), (registered.Json.Text("username"), registered.Json.Text("display_name"), registered.Json.Text("bio")));
        foreach (JsonElement session in new[] { byForm.Json, byJson.Json })
        {
            Assert.Equal(("Bearer", username), (session.HasExactly(Expect.Session).Text("token_type"), session.Text("username")));
            Assert.InRange(session.Number("expires_in"), 60, 86_400);
        }

        using HttpClient signedIn = _host.SignedIn(byForm.Json.Text("token")!);
        Assert.Equal(registered.Body, (await signedIn.GetJsonAsync("/chat/profile" + slash).Is(200)).Body);
    }

    [Theory]
    [InlineData("\u0639\u0644\u064A", "\u0639\u0644\u06CC")] // Arabic yeh, Persian yeh
    [InlineData("\u0643\u0627\u0648\u0647", "\u06A9\u0627\u0648\u0647")] // Arabic kaf, Persian keheh
    [InlineData("Sara\u06F7", "sARA7")]
    public async Task Two_Spellings_Of_A_Name_Are_One_Account(string typed, string other)
    {
        string suffix = Rooms.NewName();
        (typed, other) = (typed + suffix, other + suffix);
        ChatUser user = await _host.SignedInAsync(typed);
        ChatUser friend = await _host.SignedInAsync();
        using HttpClient client = _host.Anonymous();

        await client.PostJsonAsync("/chat/register/", new { username = other, password1 = Password, password2 = Password }).IsProblem(409, "username_taken");

        Assert.Equal(typed, (await client.PostJsonAsync("/chat/login/", new { username = other, password = user.Password }).Is(200)).Json.Text("username"));
        Assert.Equal(typed, (await friend.GetAsync($"/chat/profile/{other}/").Is(200)).Json.Text("username"));
        ApiAnswer sent = await friend.PostAsync($"/chat/chat/private/{other}/", new { message = "hi" }).Is(201);
        Assert.Equal(typed, sent.Json.Text("recipient"));
    }

    [Fact]
    public async Task A_Profile_Changes_Field_By_Field()
    {
        ChatUser sara = await _host.SignedInAsync();

        ApiAnswer changed = await sara.SendAsync(
            HttpMethod.Patch, "/chat/profile/", new { display_name = Texts.WithJoiner, bio = Texts.Bidirectional, language = "fa" }).Is(200);
        ApiAnswer again = await sara.SendAsync(HttpMethod.Patch, "/chat/profile", new { bio = "x", username = "ignored" }).Is(200);

        Assert.Equal((Texts.WithJoiner, Texts.Bidirectional, "fa"), (
            changed.Json.HasExactly(Expect.Profile).Text("display_name"), changed.Json.Text("bio"), changed.Json.Text("language")));
        Assert.Equal((Texts.WithJoiner, "x", "fa", sara.Username), (
            again.Json.Text("display_name"), again.Json.Text("bio"), again.Json.Text("language"), again.Json.Text("username")));
        Assert.Equal(again.Body, (await sara.GetAsync("/chat/profile/")).Body);
        Assert.Equal(again.Body, (await (await _host.SignedInAsync()).GetAsync("/chat/profile/" + sara.Username)).Body);
        await sara.SendAsync(HttpMethod.Patch, "/chat/profile/", new { display_name = " ", bio = 5, language = "?" })
            .IsProblem(400, "invalid_request", "display_name", "bio", "language");
    }

    [Fact]
    public async Task Refusals_Name_Their_Fields()
    {
        ChatUser sara = await _host.SignedInAsync();
        using HttpClient client = _host.Anonymous();

        await client.PostJsonAsync("/chat/register/").IsProblem(400, "invalid_request", "username", "password1", "password2");
        await client.PostJsonAsync("/chat/register/", new { username = "a b", password1 = "password", password2 = "passw0rd" })
            .IsProblem(400, "invalid_request", "username", "password1", "password2");
        await client.PostJsonAsync("/chat/login/").IsProblem(400, "invalid_request", "username", "password");
        await client.PostJsonAsync("/chat/login/", new { username = Rooms.NewName(), password = Password }).IsProblem(401, "invalid_credentials");
        await client.PostJsonAsync("/chat/refresh/", new { refresh_token = "x" }).IsProblem(401, "invalid_refresh_token");
        await sara.PostAsync("/chat/password/").IsProblem(400, "invalid_request", "password", "password1", "password2");
        await sara.PostAsync("/chat/password/", new { password = "wrong one", password1 = Password, password2 = Password })
            .IsProblem(400, "invalid_request", "password");
    }

    [Fact]
    public async Task A_Session_Is_Refreshed_And_Ended()
    {
        ChatUser sara = await _host.SignedInAsync();
        ChatUser other = await _host.LogInAsync(sara.Username, sara.Password);
        using HttpClient client = _host.Anonymous();

        ApiAnswer refreshed = await client.PostFormAsync("/chat/refresh", ("refresh_token", sara.RefreshToken)).Is(200);
        refreshed.Json.HasExactly(Expect.Session);
        await sara.PostAsync("/chat/password/", new { password = sara.Password, password1 = Password, password2 = Password }).Is(204);
        await client.PostJsonAsync("/chat/refresh/", new { refresh_token = other.RefreshToken }).IsProblem(401, "invalid_refresh_token");
        ApiAnswer again = await client.PostJsonAsync("/chat/refresh/", new { refresh_token = refreshed.Json.Text("refresh_token") }).Is(200);
        await sara.PostAsync("/chat/logout").Is(204);

        await client.PostJsonAsync("/chat/refresh/", new { refresh_token = again.Json.Text("refresh_token") }).IsProblem(401, "invalid_refresh_token");
        await _host.LogInAsync(sara.Username, Password);
    }
}
