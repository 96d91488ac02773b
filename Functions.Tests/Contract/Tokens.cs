using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Contract;

/// <summary>Tokens made of a good one by hand, without the app's own code.</summary>
internal static class Tokens
{
    private const string Header = """{"alg":"HS256","kid":"test","typ":"JWT"}""";

    /// <summary>The same claims, signed anew: as good as the first. Shows that the others are refused for what is wrong with them.</summary>
    public static string SignedAnew(string token) => Sign(Header, Claims(token).ToJsonString(), Convert.FromBase64String(TestKeys.TokenKey));

    public static string Expired(string token)
    {
        JsonObject claims = Claims(token);
        claims["iat"] = TimeProvider.System.GetUtcNow().AddHours(-3).ToUnixTimeSeconds();
        claims["exp"] = TimeProvider.System.GetUtcNow().AddMinutes(-10).ToUnixTimeSeconds();
        return Sign(Header, claims.ToJsonString(), Convert.FromBase64String(TestKeys.TokenKey));
    }

    public static string WithoutExpiry(string token)
    {
        JsonObject claims = Claims(token);
        claims.Remove("exp");
        return Sign(Header, claims.ToJsonString(), Convert.FromBase64String(TestKeys.TokenKey));
    }

    public static string SignedByAnother(string token) => Sign(Header, Claims(token).ToJsonString(), RandomNumberGenerator.GetBytes(32));

    /// <summary>Another's claims under one's own signature.</summary>
    public static string WithClaimsOf(string token, string other) => $"{token.Split('.')[0]}.{other.Split('.')[1]}.{token.Split('.')[2]}";

    public static string Unsigned(string token) => $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    public static string SignedByNoAlgorithm(string token) => $"{Encode("""{"alg":"none","kid":"test","typ":"JWT"}""")}.{token.Split('.')[1]}.{token.Split('.')[2]}";

    private static JsonObject Claims(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    private static string Sign(string header, string claims, byte[] key)
    {
        string text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text)))}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
