using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessChat.Accounts;
using ServerlessChat.Accounts.Tokens;
using ServerlessChat.Names;

namespace ServerlessChat.Tests.Accounts;

public sealed class AccessTokensTests
{
    private static readonly Caller Sara = new(new AccountId(new string('a', 32)), Username.Parse("Sar\u0627@x.y")!, new string('5', 32));
    private readonly ManualTimeProvider _clock = new();
    private readonly TokenKeyOptions _key = NewKey("k1");

    [Fact]
    public async Task A_Token_Tells_Who_It_Was_Made_For()
    {
        AccessTokens tokens = Tokens(_key);
        Caller? caller = await tokens.ReadAsync(tokens.Create(Sara));
        Assert.Equal(Sara, caller);
        Assert.Equal(Sara.Username.Text, caller!.Username.Text);
    }

    [Fact]
    public void The_Claims_Are_Those_That_The_Documentation_Names()
    {
        string[] parts = Tokens(_key).Create(Sara).Split('.');
        using JsonDocument header = Decode(parts[0]);
        using JsonDocument claims = Decode(parts[1]);
        Assert.Equal("HS256", header.RootElement.GetProperty("alg").GetString());
        Assert.Equal("k1", header.RootElement.GetProperty("kid").GetString());
        Assert.Equal(Sara.Id.Value, claims.RootElement.GetProperty("sub").GetString());
        Assert.Equal(Sara.Username.Text, claims.RootElement.GetProperty("name").GetString());
        Assert.Equal(Sara.SessionId, claims.RootElement.GetProperty("sid").GetString());
        Assert.Equal(3600, claims.RootElement.GetProperty("exp").GetInt64() - claims.RootElement.GetProperty("iat").GetInt64());
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeSeconds(), claims.RootElement.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task The_Longest_Name_Has_A_Readable_Token()
    {
        Caller longest = Sara with { Username = Username.Parse(string.Concat(Enumerable.Repeat("\U00010400", 64)))! };
        AccessTokens tokens = Tokens(_key);
        Assert.Equal(longest, await tokens.ReadAsync(tokens.Create(longest)));
    }

    [Fact]
    public async Task It_Holds_An_Hour_And_The_Clock_Skew()
    {
        AccessTokens tokens = Tokens(_key);
        string token = tokens.Create(Sara);
        _clock.Advance(TimeSpan.FromMinutes(60) + TimeSpan.FromSeconds(29));
        Assert.NotNull(await tokens.ReadAsync(token));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await tokens.ReadAsync(token));
    }

    [Fact]
    public async Task Keys_Rotate_Without_Logging_Anyone_Out()
    {
        TokenKeyOptions next = NewKey("k2");
        string old = Tokens(_key).Create(Sara);
        AccessTokens rotated = Tokens(next, _key);
        Assert.NotNull(await rotated.ReadAsync(old));
        Assert.NotNull(await Tokens(next).ReadAsync(rotated.Create(Sara)));
        Assert.Null(await Tokens(next).ReadAsync(old));
    }

    [Fact]
    public async Task Another_Key_Under_The_Same_Id_Does_Not_Verify() => Assert.Null(await Tokens(NewKey("k1")).ReadAsync(Tokens(_key).Create(Sara)));

    [Theory]
    [InlineData(SecurityAlgorithms.HmacSha384)]
    [InlineData(SecurityAlgorithms.HmacSha512)]
    public async Task Another_Algorithm_With_Our_Own_Key_Is_Refused(string algorithm)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(64);
        var key = new TokenKeyOptions { Id = "k1", Secret = Convert.ToBase64String(secret) };
        Assert.NotNull(await Tokens(key).ReadAsync(Forge(secret, SecurityAlgorithms.HmacSha256)));
        Assert.Null(await Tokens(key).ReadAsync(Forge(secret, algorithm)));
    }

    [Fact]
    public async Task An_Unsigned_Token_Is_Refused()
    {
        string[] parts = Tokens(_key).Create(Sara).Split('.');
        string none = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT","kid":"k1"}""");
        Assert.Null(await Tokens(_key).ReadAsync($"{none}.{parts[1]}."));
        Assert.Null(await Tokens(_key).ReadAsync($"{none}.{parts[1]}.{parts[2]}"));
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("exp")]
    [InlineData("sub")]
    [InlineData("name")]
    [InlineData("sid")]
    public async Task A_Token_Of_Ours_Without_A_Claim_Is_Refused(string claim)
    {
        byte[] secret = Convert.FromBase64String(_key.Secret);
        Assert.NotNull(await Tokens(_key).ReadAsync(Forge(secret, SecurityAlgorithms.HmacSha256)));
        Assert.Null(await Tokens(_key).ReadAsync(Forge(secret, SecurityAlgorithms.HmacSha256, without: claim)));
    }

    [Fact]
    public async Task Every_Changed_Character_Breaks_A_Token()
    {
        AccessTokens tokens = Tokens(_key);
        string token = tokens.Create(Sara);
        for (int i = 0; i < token.Length - 1; i++) // the last character has two bits that carry nothing
        {
            string changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            Assert.Null(await tokens.ReadAsync(changed));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("....")]
    [InlineData("e30.e30.e30")]
    [InlineData("\u0627.\u0628.\u062A")]
    public async Task Nonsense_Is_Refused(string text) => Assert.Null(await Tokens(_key).ReadAsync(text));

    [Fact]
    public void No_Text_Makes_Reading_Throw()
    {
        AccessTokens tokens = Tokens(_key);
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text => tokens.ReadAsync(text.Get).AsTask().GetAwaiter().GetResult() is null)
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task An_Endless_Token_Is_Refused() => Assert.Null(await Tokens(_key).ReadAsync(Tokens(_key).Create(Sara) + new string('A', 100_000)));

    private static TokenKeyOptions NewKey(string id) => new() { Id = id, Secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) };

    private static JsonDocument Decode(string part) => JsonDocument.Parse(Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(part)));

    private AccessTokens Tokens(params TokenKeyOptions[] keys)
    {
        var options = new TokenOptions();
        foreach (TokenKeyOptions key in keys)
        {
            options.Keys.Add(key);
        }

        return new AccessTokens(new TokenSigner(Options.Create(options), _clock), Options.Create(options));
    }

    private string Forge(byte[] secret, string algorithm, string? without = null)
    {
        long now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["iss"] = "serverlesschat",
            ["aud"] = "serverlesschat",
            ["exp"] = now + 60,
            ["sub"] = Sara.Id.Value,
            ["name"] = Sara.Username.Text,
            ["sid"] = Sara.SessionId,
        };
        if (without is not null)
        {
            claims.Remove(without);
        }

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(secret) { KeyId = "k1" }, algorithm),
        });
    }
}
