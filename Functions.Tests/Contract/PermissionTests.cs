using System.Collections.Concurrent;
using System.Text;
using ServerlessChat.Tests.Accounts;

namespace ServerlessChat.Tests.Contract;

/// <summary>Asks <see cref="Permissions"/> of the app, cell by cell.</summary>
public abstract class PermissionTests(IContractHost contract)
{
    private const int AtOnce = 4;

    private readonly RunningChat _host = contract.Host;

    [Fact]
    public async Task Nobody_Gets_Anything_Without_A_Good_Token()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Cast cast = new(sara, ali, ali, []);
        Room[] rooms = [await sara.OpenAsync(), await sara.OpenAsync("private")];
        (string Name, HttpClient Client)[] callers =
        [
            ("nobody", _host.Anonymous()),
            ("expired", _host.SignedIn(Tokens.Expired(sara.Token))),
            ("without expiry", _host.SignedIn(Tokens.WithoutExpiry(sara.Token))),
            ("signed by another key", _host.SignedIn(Tokens.SignedByAnother(sara.Token))),
            ("another's claims", _host.SignedIn(Tokens.WithClaimsOf(ali.Token, sara.Token))),
            ("alg none", _host.SignedIn(Tokens.Unsigned(sara.Token))),
            ("alg none with a signature", _host.SignedIn(Tokens.SignedByNoAlgorithm(sara.Token))),
            ("no token at all", _host.SignedIn("x")),
        ];
        using HttpClient control = _host.SignedIn(Tokens.SignedAnew(sara.Token));
        await control.GetJsonAsync("/chat/profile/").Is(200);

        await AskAllAsync(
            from row in Permissions.All
            from room in rooms
            from caller in callers
            select new Question(row, room, caller.Name, caller.Client, "x", row.NotSignedIn),
            cast);
    }

    [Fact]
    public async Task Everyone_Gets_What_Their_Role_Allows()
    {
        ChatUser[] users = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _host.SignedInAsync()));
        Cast cast = new(users[3], users[6], users[7], users[..6]);
        List<Question> questions = [];
        foreach (string type in new[] { "public", "private" })
        {
            Room shared = await cast.GatherAsync(type);
            foreach (Permission row in Permissions.All)
            {
                int?[] statuses = type is "public" ? row.InPublic : row.InPrivate;
                for (int i = 0; i < statuses.Length; i++)
                {
                    if (statuses[i] is { } status)
                    {
                        Room room = ChangesGroup(row, status) ? await cast.GatherAsync(type) : shared;
                        questions.Add(new Question(row, room, $"{type}: {Permissions.Callers[i]}", users[i].Client, users[i].Username, status));
                    }
                }
            }
        }

        await _host.EraseAsync(users[4].Username);
        await _host.EraseAsync(users[5].Username);
        await AskAllAsync(questions, cast);
    }

    /// <summary>Whether what succeeds would spoil the group for the next question.</summary>
    private static bool ChangesGroup(Permission row, int status) =>
        row.Path.Contains("{g}", StringComparison.Ordinal) && row.Method != HttpMethod.Get && status < 300;

    private static async Task AskAllAsync(IEnumerable<Question> questions, Cast cast)
    {
        ConcurrentBag<string> wrong = [];
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(questions, bounded, async (question, _) =>
        {
            ApiAnswer answer = await question.AskAsync(cast);
            if (answer.Status != question.Expected)
            {
                wrong.Add($"{question.Row.Method} {question.Row.Path} {question.Row.Body} by {question.Caller}: expected {question.Expected}, got {answer}");
            }
            else if (answer.Status >= 400)
            {
                answer.IsWellMadeProblem();
            }
        });
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order(StringComparer.Ordinal)));
    }

    /// <param name="Members">In the order of the table's columns.</param>
    private sealed record Cast(ChatUser Owner, ChatUser Other, ChatUser Outsider, ChatUser[] Members)
    {
        /// <summary>A group with a message and everyone in their role.</summary>
        public async Task<Room> GatherAsync(string type)
        {
            Room room = await Owner.OpenAsync(type);
            await Task.WhenAll(
                room.AddAsync(Members[1]), room.AddAsync(Members[2], "admin"), room.AddAsync(Members[5]), room.AddAsync(Other));
            await Owner.SayAsync(room, "welcome").Is(201);
            return room;
        }
    }

    private sealed record Question(Permission Row, Room Room, string Caller, HttpClient Client, string Me, int Expected)
    {
        public async Task<ApiAnswer> AskAsync(Cast cast)
        {
            HttpContent? body = Row.Method == HttpMethod.Get ? null : new StringContent(Fill(Row.Body, cast), Encoding.UTF8, "application/json");
            return await Client.SendContentAsync(Row.Method, Fill(Row.Path, cast), body);
        }

        private string Fill(string text, Cast cast) => text
            .Replace("{g}", Room.Slug, StringComparison.Ordinal)
            .Replace("{new}", Rooms.NewName(), StringComparison.Ordinal)
            .Replace("{m}", cast.Other.Username, StringComparison.Ordinal)
            .Replace("{u}", cast.Outsider.Username, StringComparison.Ordinal)
            .Replace("{o}", cast.Owner.Username, StringComparison.Ordinal)
            .Replace("{me}", Me, StringComparison.Ordinal);
    }
}
