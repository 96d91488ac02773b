using System.Buffers.Text;
using System.Text.Json;
using System.Web;
using ServerlessChat.Accounts;
using ServerlessChat.Storage;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Sockets;

/// <summary>
/// With an access key, the tokens in negotiated URLs are signed as events are: HMAC-SHA256 with the same key. So every client has a text with a good signature, its own token, and
/// must not get it believed as the id of a connection.
/// </summary>
public sealed class ForgedEventTests(SocketChain chain) : IClassFixture<SocketChain>
{
    private readonly ChatHost _host = chain.Host;

    [Theory]
    [InlineData("azure.webpubsub.user.message", """{"message":"I never wrote this"}""")]
    [InlineData("azure.webpubsub.sys.disconnected", "{}")]
    public async Task The_Token_Of_A_Negotiated_Url_Signs_No_Event(string type, string body)
    {
        (ChatUser sara, ChatUser bob, ChatUser eve) = (await _host.SignedInAsync(), await _host.SignedInAsync(), await _host.SignedInAsync());
        string token = HttpUtility.ParseQueryString((await eve.NegotiateAsync($"/ws/notifications/{eve.Username}/")).Query)["access_token"]!;
        string signed = token[..token.LastIndexOf('.')];
        string signature = "sha256=" + Convert.ToHexStringLower(Base64Url.DecodeFromChars(token.AsSpan(signed.Length + 1)));

        using HttpClient client = _host.Anonymous();
        using HttpRequestMessage forged = SignedEvents.Event(type, "private_chat", body, "text/plain", signature, IdOf(sara), StateOf(sara, bob), signed);
        await client.ReadAsync(forged).IsProblem(401, "not_signed_in");

        ApiAnswer page = await bob.GetAsync($"/chat/private/{sara.Username}/").Is(200);
        Assert.Empty(page.Json.List("messages"));
    }

    /// <summary>What a socket of the one to the other is given.</summary>
    private static string StateOf(ChatUser one, ChatUser other)
    {
        string partition = Keys.Pair(new AccountId(IdOf(one)), new AccountId(IdOf(other)));
        return Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(
            new { u = one.Username, s = "s", p = partition, l = Keys.PairLog, i = IdOf(other), o = other.Username }));
    }

    private static string IdOf(ChatUser user) => JsonElement.Parse(Base64Url.DecodeFromChars(user.Token.Split('.')[1])).Text("sub")!;
}
