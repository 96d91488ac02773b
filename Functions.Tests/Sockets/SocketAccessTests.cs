using ServerlessChat.Tests.Accounts;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>Who may have a socket: by negotiation and by a direct connection, and with whatever else one may try.</summary>
public sealed class SocketAccessTests(SocketChain chain) : IClassFixture<SocketChain>
{
    private readonly ChatHost _host = chain.Host;

    private static readonly string[] Callers = ["stranger", "member", "admin", "owner", "erased stranger", "erased member"];

    [Fact]
    public async Task Everyone_Gets_What_Their_Role_Allows()
    {
        ChatUser[] users = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _host.SignedInAsync()));
        ChatUser other = await _host.SignedInAsync();
        (Room open, Room closed) = (await users[3].OpenAsync(), await users[3].OpenAsync("private"));
        foreach (Room room in new[] { open, closed })
        {
            await room.AddAsync(users[1]);
            await room.AddAsync(users[2], "admin");
            await room.AddAsync(users[5]);
        }

        await users[5].PostAsync($"/chat/private/{other.Username}/", new { message = "hi" }).Is(201);
        await users[4].EraseAsync();
        await users[5].EraseAsync();

        // Negotiated, then direct. A token is taken at its word until it expires; what reads the caller's account answers 401 to the erased.
        await ExpectAsync("chat", _ => open.Slug, [200, 200, 200, 200, 200, 200], [101, 101, 101, 101, 401, 401]);
        await ExpectAsync("chat", _ => closed.Slug, [404, 200, 200, 200, 404, 404], [404, 101, 101, 101, 404, 404]);
        await ExpectAsync("private_chat", _ => other.Username, [200, 200, 200, 200, 200, 200], [101, 101, 101, 101, 401, 401]);
        await ExpectAsync("notifications", user => user.Username, [200, 200, 200, 200, 200, 200], [101, 101, 101, 101, 401, 401]);
        await ExpectAsync("notifications", _ => other.Username, [403, 403, 403, 403, 403, 403], [403, 403, 403, 403, 403, 403]);
        await ExpectAsync("chat", _ => Rooms.NewName(), [404, 404, 404, 404, 404, 404], [404, 404, 404, 404, 404, 404]);
        await ExpectAsync("private_chat", _ => Rooms.NewName(), [404, 404, 404, 404, 404, 404], [404, 404, 404, 404, 401, 401]);
        await ExpectAsync("chat", _ => "$$$", [404, 404, 404, 404, 404, 404], [404, 404, 404, 404, 404, 404]);

        async Task ExpectAsync(string hub, Func<ChatUser, string> name, int[] negotiated, int[] direct)
        {
            for (int i = 0; i < users.Length; i++)
            {
                ApiAnswer answer = await users[i].GetAsync($"/ws/{hub}/{name(users[i])}/");
                Assert.Equal((hub, Callers[i], negotiated[i]), (hub, Callers[i], answer.Status));
                Assert.Equal((hub, Callers[i], direct[i]), (hub, Callers[i], await ConnectAsync(hub, name(users[i]), users[i].Token)));
            }
        }
    }

    [Fact]
    public async Task Nobody_Gets_Anything_Without_A_Good_Token()
    {
        (ChatUser sara, ChatUser ali) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        Room room = await sara.OpenAsync();
        string[] tokens =
        [
            "", "x", Tokens.Expired(sara.Token), Tokens.WithoutExpiry(sara.Token), Tokens.SignedByAnother(sara.Token), Tokens.WithClaimsOf(ali.Token, sara.Token),
            Tokens.Unsigned(sara.Token), Tokens.SignedByNoAlgorithm(sara.Token),
        ];
        Assert.Equal(101, await ConnectAsync("chat", room.Slug, Tokens.SignedAnew(sara.Token)));
        foreach ((string hub, string name) in new[] { ("chat", room.Slug), ("private_chat", ali.Username), ("notifications", sara.Username) })
        {
            Assert.Equal(401, await ConnectAsync(hub, name, token: null));
            (await _host.Anonymous().GetJsonAsync($"/ws/{hub}/{name}/")).IsProblem(401, "not_signed_in");
            foreach (string token in tokens)
            {
                Assert.Equal(401, await ConnectAsync(hub, name, token));
                await _host.SignedIn(token).GetJsonAsync($"/ws/{hub}/{name}/").IsProblem(401, "not_signed_in");
            }
        }
    }

    [Theory]
    [InlineData("cookie", null, 101)]
    [InlineData("cookie", "same", 101)]
    [InlineData("cookie", "https://evil.example", 403)]
    [InlineData("cookie", "null", 403)]
    [InlineData("header", "https://evil.example", 101)]
    [InlineData("query", "https://evil.example", 101)]
    [InlineData("cookie and bad header", null, 401)]
    [InlineData("cookie and bad query", null, 401)]
    public async Task The_Cookie_Counts_For_Pages_Of_The_Same_Origin_And_A_Token_Anywhere(string by, string? origin, int status)
    {
        ChatUser sara = await _host.SignedInAsync();
        string query = by is "query" ? "&token=" + sara.Token : by is "cookie and bad query" ? "&token=x" : "";
        int got = await StatusAsync(new Uri($"{Hub("notifications")}?channel={sara.Username}{query}"), options =>
        {
            if (by.StartsWith("cookie", StringComparison.Ordinal))
            {
                options.SetRequestHeader("Cookie", $"a=b; chat_session={sara.Token}");
            }

            if (by is "header" or "cookie and bad header")
            {
                options.SetRequestHeader("X-Original-Authorization", "Bearer " + (by is "header" ? sara.Token : "x"));
            }

            options.SetRequestHeader("X-Forwarded-Host", "chat.example:8000");
            options.SetRequestHeader("X-Forwarded-Proto", "http");
            if (origin is not null)
            {
                options.SetRequestHeader("Origin", origin is "same" ? "http://chat.example:8000" : origin);
            }
        });
        Assert.Equal(status, got);
    }

    [Fact]
    public async Task A_Ticket_Is_Good_For_Its_Hub_Group_And_Person_Alone()
    {
        (ChatUser sara, ChatUser bob) = (await _host.SignedInAsync(), await _host.SignedInAsync());
        (Room hers, Room his) = (await sara.OpenAsync("private"), await bob.OpenAsync("private"));
        Uri own = await sara.NegotiateAsync($"/ws/chat/{hers.Slug}/");
        Uri another = await bob.NegotiateAsync($"/ws/chat/{his.Slug}/");
        Uri notifications = await sara.NegotiateAsync($"/ws/notifications/{sara.Username}/");
        (string token, string ticket) = Parts(own);

        Assert.Equal(101, await StatusAsync(own));
        Assert.Equal(101, await StatusAsync(own)); // Until it expires it can be used again.
        Assert.Equal(401, await StatusAsync(With(own, token, Parts(another).Ticket))); // another's ticket beside one's own token
        Assert.Equal(401, await StatusAsync(With(own, Parts(another).Token, ticket)));
        Assert.Equal(401, await StatusAsync(With(own, Parts(notifications).Token, ticket))); // Web PubSub's token is for another hub: nobody vouches for the person
        Assert.Equal(401, await StatusAsync(With(own, token, Parts(notifications).Ticket)));
        Assert.Equal(401, await StatusAsync(With(own, token, sara.Token))); // an access token is no ticket
        Assert.Equal(401, await StatusAsync(With(own, token, "x")));
        Assert.Equal(401, await StatusAsync(new Uri($"{Hub("chat")}?ticket={ticket}"))); // nor is a ticket enough
        Assert.Equal(401, await StatusAsync(new Uri($"{Hub("chat")}?access_token={token}"))); // Web PubSub's token alone opens nothing
        Assert.Equal(401, await StatusAsync(new Uri($"{own}&ticket={ticket}")));
        Assert.Equal(401, await ConnectAsync("chat", hers.Slug, ticket)); // a ticket is no access token
        await _host.SignedIn(ticket).GetJsonAsync("/chat/profile/").IsProblem(401, "not_signed_in");
        Assert.Equal(404, await StatusAsync(new Uri($"{Hub("chat")}?token={sara.Token}"))); // no channel
        Assert.Equal(404, await StatusAsync(new Uri($"{Hub("chat")}?channel={hers.Slug}&channel={hers.Slug}&token={sara.Token}")));
    }

    [Fact]
    public async Task An_Expired_Ticket_Opens_Nothing()
    {
        ChatUser sara = await _host.SignedInAsync();
        Uri address = await sara.NegotiateAsync($"/ws/notifications/{sara.Username}/");
        (string token, string ticket) = Parts(address);
        Assert.Equal(101, await StatusAsync(With(address, token, Tokens.SignedAnew(ticket))));
        Assert.Equal(401, await StatusAsync(With(address, token, Tokens.Expired(ticket))));
    }

    [Fact]
    public async Task A_Plus_In_A_Username_Survives_A_Query()
    {
        (ChatUser plus, ChatUser bob) = (await _host.SignedInAsync(Rooms.NewName("a+b@c")), await _host.SignedInAsync());
        Assert.Equal(101, await ConnectAsync("private_chat", plus.Username, bob.Token));
        Assert.Equal(101, await ConnectAsync("private_chat", Uri.EscapeDataString(plus.Username), bob.Token));
    }

    private string Hub(string hub) => $"ws://{chain.Emulator.Endpoint.Authority}/client/hubs/{hub}";

    private Task<int> ConnectAsync(string hub, string name, string? token) =>
        StatusAsync(new Uri($"{Hub(hub)}?channel={name}" + (token is null ? "" : "&token=" + token)));

    private static async Task<int> StatusAsync(Uri address, Action<System.Net.WebSockets.ClientWebSocketOptions>? configure = null)
    {
        try
        {
            await using ChatSocket socket = await ChatSocket.OpenAsync(address, configure);
            return 101;
        }
        catch (SocketRefusedException refused)
        {
            return refused.Status;
        }
    }

    private static (string Token, string Ticket) Parts(Uri address)
    {
        string[] parts = address.Query.Split('&');
        return (parts[0]["?access_token=".Length..], parts[1]["ticket=".Length..]);
    }

    private static Uri With(Uri address, string token, string ticket) => new($"{address.GetLeftPart(UriPartial.Path)}?access_token={token}&ticket={ticket}");
}
