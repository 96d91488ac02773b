using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using ServerlessChat.Tests.Sockets;
using ServerlessChat.WebPubSub.Events;

namespace ServerlessChat.Tests.WebPubSub;

/// <summary>Calls of Web PubSub by its own identity, against an authority of the test's own.</summary>
public sealed class IdentityTokensTests : IAsyncLifetime
{
    private const string Audience = "api://chat";
    private const string Caller = "11111111-2222-3333-4444-555555555555";

    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "one" };
    private FakeWebServer _authority = null!;
    private IdentityTokens _tokens = null!;
    private List<RsaSecurityKey> _published = [];

    public async ValueTask InitializeAsync()
    {
        _authority = await FakeWebServer.StartAsync();
        _published = [_key];
        _authority.Answer = PublishAsync;
        _tokens = new IdentityTokens(_authority.Address, Audience, Caller, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _authority.DisposeAsync();

    [Fact]
    public async Task The_Services_Own_Token_Is_Believed()
    {
        Assert.True(await IsValidAsync(Token(_key)));
        Assert.True(await IsValidAsync(Token(_key, caller: Caller.ToUpperInvariant())));
        Assert.Equal(2, _authority.Requests.Count); // The authority was asked once for its document and once for its keys.
    }

    public static TheoryData<string> Wrong => ["audience", "caller", "no caller", "issuer", "expired", "not yet", "other key", "unsigned", "hmac", "garbage", "none"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Any_Other_Token_Is_Not(string what)
    {
        using RSA other = RSA.Create(2048);
        string? token = what switch
        {
            "audience" => Token(_key, audience: "api://another"),
            "caller" => Token(_key, caller: Guid.NewGuid().ToString()),
            "no caller" => Token(_key, caller: null),
            "issuer" => Token(_key, issuer: "https://another.example"),
            "expired" => Token(_key, start: TimeSpan.FromHours(-3)),
            "not yet" => Token(_key, start: TimeSpan.FromHours(3)),
            "other key" => Token(new RsaSecurityKey(other) { KeyId = "one" }),
            "unsigned" => Token(signing: null),
            "hmac" => Token(new SymmetricSecurityKey(_key.Rsa.ExportRSAPublicKey()) { KeyId = "one" }, SecurityAlgorithms.HmacSha256),
            "garbage" => "a.b.c",
            _ => null,
        };
        Assert.False(await _tokens.IsValidAsync(token is null ? null : "Bearer " + token, TestContext.Current.CancellationToken));
        Assert.True(await IsValidAsync(Token(_key)));
    }

    [Fact]
    public async Task A_Key_That_Was_Rotated_In_While_Running_Is_Fetched()
    {
        Assert.True(await IsValidAsync(Token(_key)));
        using RSA rsa = RSA.Create(2048);
        var next = new RsaSecurityKey(rsa) { KeyId = "two" };
        _published = [_key, next];
        await Eventually.Async(() => IsValidAsync(Token(next)), "the new key"); // Fetched behind the first call that shows it.
        Assert.True(await IsValidAsync(Token(_key)));
    }

    [Fact]
    public async Task An_Authority_That_Is_Down_Lets_Nobody_In()
    {
        _authority.Answer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        Assert.False(await IsValidAsync(Token(_key)));
        _authority.Answer = PublishAsync;
        Assert.True(await IsValidAsync(Token(_key)));
    }

    private Task<bool> IsValidAsync(string token) => _tokens.IsValidAsync("Bearer " + token, TestContext.Current.CancellationToken);

    private string Token(RsaSecurityKey key, string audience = Audience, string? caller = Caller, string? issuer = null, TimeSpan start = default) =>
        Token(key, SecurityAlgorithms.RsaSha256, audience, caller, issuer, start);

    private string Token(
        SecurityKey? signing, string algorithm = SecurityAlgorithms.RsaSha256, string audience = Audience, string? caller = Caller, string? issuer = null, TimeSpan start = default)
    {
        DateTime from = TimeProvider.System.GetUtcNow().UtcDateTime + start;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? _authority.Address,
            Audience = audience,
            IssuedAt = from,
            NotBefore = from,
            Expires = from + TimeSpan.FromHours(1),
            SigningCredentials = signing is null ? null : new SigningCredentials(signing, algorithm),
            Claims = caller is null ? null : new Dictionary<string, object>(StringComparer.Ordinal) { ["oid"] = caller },
        });
    }

    private Task PublishAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        string keys = string.Join(',', _published.Select(key =>
        {
            JsonWebKey jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(key.Rsa.ExportParameters(includePrivateParameters: false)) { KeyId = key.KeyId });
            return $$"""{"kty":"RSA","use":"sig","kid":"{{jwk.Kid}}","n":"{{jwk.N}}","e":"{{jwk.E}}"}""";
        }));
        return context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("openid-configuration", StringComparison.Ordinal)
            ? $$"""{"issuer":"{{_authority.Address}}","jwks_uri":"{{_authority.Address}}/keys"}"""
            : $$"""{"keys":[{{keys}}]}""");
    }
}
