namespace ServerlessChat.Tests.Contract;

/// <summary>Two at once want the same name, or say the same thing.</summary>
public abstract class NameRaceTests(ITwoHosts hosts)
{
    private const string Password = "a sentence nobody guesses";

    [Fact]
    public async Task One_Of_Two_Gets_The_Username()
    {
        using HttpClient one = hosts.One.Anonymous();
        using HttpClient two = hosts.Two.Anonymous();
        for (int round = 0; round < hosts.Rounds; round++)
        {
            string name = Rooms.NewName();
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => RegisterAsync(one, name + "\u064A", Password + 1),
                () => RegisterAsync(two, name.ToUpperInvariant() + "\u06CC", Password + 2));

            Assert.Equal([201, 409], answers.Statuses());
            answers.Single(a => a.Status == 409).IsProblem(409, "username_taken");
            int winner = answers[0].Status == 201 ? 1 : 2;
            await hosts.One.LogInAsync(name + "\u06CC", Password + winner);
            await two.PostJsonAsync("/chat/login/", new { username = name + "\u06CC", password = Password + (3 - winner) }).Is(401);
        }
    }

    [Theory]
    [InlineData("public", "public")]
    [InlineData("private", "public")]
    public async Task One_Of_Two_Gets_The_Slug(string oneType, string otherType)
    {
        (ChatUser sara, ChatUser ali) = (await hosts.One.SignedInAsync(), await hosts.Two.SignedInAsync());
        for (int round = 0; round < hosts.Rounds; round++)
        {
            string slug = Rooms.NewName();
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => sara.PostAsync("/chat/create_group/", new { group_name = "hers", slug, type = oneType }),
                () => ali.PostAsync("/chat/create_group/", new { group_name = "his", slug, type = otherType }));

            Assert.Equal([201, 409], answers.Statuses());
            answers.Single(a => a.Status == 409).IsProblem(409, "slug_taken");
            await hosts.AssertConsistentAsync(new Room(answers[0].Status == 201 ? sara : ali, slug), sara, ali);
        }
    }

    [Fact]
    public async Task One_Of_Two_Repeats_Is_Stored()
    {
        (ChatUser sara, ChatUser ali) = (await hosts.One.SignedInAsync(), await hosts.One.SignedInAsync());
        Room room = await sara.OpenAsync();
        foreach (string path in new[] { room.Path, $"/chat/private/{ali.Username}/" })
        {
            for (int round = 1; round <= hosts.Rounds; round++)
            {
                Func<Task<ApiAnswer>> On(RunningChat host) => () => sara.On(host).PostAsync(path, new { message = "hi", client_id = $"c{round}" });
                ApiAnswer[] answers = await Races.AtOnceAsync(On(hosts.One), On(hosts.Two), On(hosts.One), On(hosts.Two));

                Assert.Equal([200, 200, 200, 201], answers.Statuses());
                Assert.Single(answers.Select(a => a.Body).Distinct(StringComparer.Ordinal));
                Assert.Equal(round, (await ali.GetAsync(path.Replace(ali.Username, sara.Username, StringComparison.Ordinal))).Json.Number("last_id"));
            }
        }
    }

    [Fact]
    public async Task Two_Who_Write_To_Each_Other_First_Share_One_Log()
    {
        for (int round = 0; round < hosts.Rounds; round++)
        {
            (ChatUser sara, ChatUser ali) = (await hosts.One.SignedInAsync(), await hosts.Two.SignedInAsync());
            ApiAnswer[] answers = await Races.AtOnceAsync(
                () => sara.PostAsync($"/chat/private/{ali.Username}/", new { message = "hi" }),
                () => ali.PostAsync($"/chat/private/{sara.Username}/", new { message = "hello" }));

            Assert.Equal([201, 201], answers.Statuses());
            ApiAnswer page = await sara.GetAsync($"/chat/private/{ali.Username}/").Is(200);
            Assert.Equal([1L, 2L], page.Json.Ids());
            Assert.Equal(ali.Username, Assert.Single((await sara.GetAsync("/chat/")).Json.List("private_chats")).Text("username"));
            Assert.Equal(sara.Username, Assert.Single((await ali.GetAsync("/chat/")).Json.List("private_chats")).Text("username"));
        }
    }

    private static Task<ApiAnswer> RegisterAsync(HttpClient client, string username, string password) =>
        client.PostJsonAsync("/chat/register/", new { username, password1 = password, password2 = password });
}
