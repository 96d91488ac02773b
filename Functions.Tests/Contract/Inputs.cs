using System.Buffers.Text;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace ServerlessChat.Tests.Contract;

/// <summary>What a client sends that means no good, or knows no better.</summary>
internal static class Inputs
{
    public static readonly string[] Fields =
    [
        "group_name", "slug", "type", "message", "client_id", "username", "password", "password1", "password2",
        "display_name", "bio", "language", "role", "id", "reply_to", "refresh_token", "", "__proto__", "Message", "$type",
    ];

    /// <summary>Where a body is read.</summary>
    public static readonly (HttpMethod Method, string Path)[] Bodies =
    [
        (HttpMethod.Post, "/chat/create_group/"), (HttpMethod.Post, "/chat/group/{g}/"), (HttpMethod.Patch, "/chat/group/{g}/"),
        (HttpMethod.Post, "/chat/group/{g}/read/"), (HttpMethod.Put, "/chat/group/{g}/members/{u}/"), (HttpMethod.Post, "/chat/chat/private/{u}/"),
        (HttpMethod.Patch, "/chat/group/{g}/messages/1/"), (HttpMethod.Patch, "/chat/chat/private/{u}/messages/1/"),
        (HttpMethod.Post, "/chat/private/{u}/read/"), (HttpMethod.Post, "/chat/register/"), (HttpMethod.Post, "/chat/login/"),
        (HttpMethod.Post, "/chat/refresh/"), (HttpMethod.Post, "/chat/password/"), (HttpMethod.Patch, "/chat/profile/"),
    ];

    /// <summary>Where a path holds a name.</summary>
    public static readonly (HttpMethod Method, string Path)[] Paths =
    [
        (HttpMethod.Get, "/chat/group/{x}/"), (HttpMethod.Post, "/chat/group/{x}/"), (HttpMethod.Patch, "/chat/group/{x}/"),
        (HttpMethod.Post, "/chat/delete_group/{x}/"), (HttpMethod.Delete, "/chat/delete_group/{x}"), (HttpMethod.Post, "/chat/group/{x}/join/"),
        (HttpMethod.Post, "/chat/group/{x}/leave"), (HttpMethod.Post, "/chat/group/{x}/read/"), (HttpMethod.Get, "/chat/group/{x}/members/"),
        (HttpMethod.Put, "/chat/group/{g}/members/{x}/"), (HttpMethod.Delete, "/chat/group/{g}/members/{x}"), (HttpMethod.Put, "/chat/group/{x}/members/{x}/"),
        (HttpMethod.Get, "/chat/chat/private/{x}/"), (HttpMethod.Post, "/chat/private/{x}"), (HttpMethod.Post, "/chat/private/{x}/read/"),
        (HttpMethod.Post, "/chat/group/{x}/typing/"), (HttpMethod.Get, "/chat/group/{x}/presence/"), (HttpMethod.Post, "/chat/private/{x}/typing"),
        (HttpMethod.Get, "/chat/chat/private/{x}/presence/"), (HttpMethod.Put, "/chat/blocks/{x}/"), (HttpMethod.Delete, "/chat/blocks/{x}"),
        (HttpMethod.Patch, "/chat/group/{x}/messages/1/"), (HttpMethod.Delete, "/chat/group/{g}/messages/{x}/"), (HttpMethod.Put, "/chat/group/{g}/messages/1/reactions/{x}/"),
        (HttpMethod.Delete, "/chat/private/{x}/messages/{x}"), (HttpMethod.Put, "/chat/chat/private/{x}/messages/1/reactions/{x}/"),
        (HttpMethod.Get, "/chat/profile/{x}/"), (HttpMethod.Get, "/{x}"),
    ];

    private static readonly string[] Nasty =
    [
        "", " ", "\0", "a\0b", ".", "..", "...", "../../chat", "a/b", "\\", "%", "%00", "%2F", "'", "' or 1 eq 1", "PartitionKey eq ''", "a\u200Cb", "\u200C",
        "\u202Eevil", "\u0640\u0640", "\uFEFF", "\uFDFA", "\uD800", "\uDC00x", "a\uD83D", "\U0001F600", "\u0639\u0644\u064A", "\u06F1\u0662", "I\u0307", "\u00DF",
        "public", "owner", "null", "1", "-1", "9223372036854775807", "1e400", "__proto__", "account", "head", "inbox-group-x",
        new string('a', 64), new string('a', 65), new string('\u06CC', 129), new string('\u200C', 200), new string('x', 16_001),
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "-1", "1.5", "1e2", "1e400", "-1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "123456789012345678901234567890",
    ];

    private static readonly string[] PathParts =
    [
        "%00", "%2F", "%2f", "%5C", "..", "%2e%2e", ".", "%2E", "%", "%zz", "%f", "%FF", "%C0%AF", "%ED%A0%80", "%F4%90%80%80", "%E2%80%8C", "%D8%B9%D9%84%DB%8C",
        "%20", "+", "a", "Z", "7", "-", "_", "@", "~", ";", ":", "=", "&", "!", "'", "(", "*", "$", "%24", "%27", "%22", "%3C", "%E2%80%AE", "%EF%BB%BF", "%0D%0A", "%25", "%2500",
        new('a', 65), new('%', 30), "/", "//",
    ];

    public static Gen<string> Text { get; } = Gen.OneOf(Gen.Elements(Nasty), ArbMap.Default.GeneratorFor<string>().Select(s => s ?? ""));

    public static Gen<string> Cursor { get; } = Gen.OneOf(Gen.Elements(Numbers), Gen.Elements(Nasty.Where(n => n.Length < 70).ToArray()), Gen.Choose(-5, 300).Select(i => $"{i}"));

    public static Gen<string> PathSegment { get; } = Gen.OneOf(
        Gen.Choose(1, 6).SelectMany(n => Gen.Elements(PathParts).ListOf(n)).Select(string.Concat),
        Text.Select(t => Uri.EscapeDataString(t.Replace('\uD800', 'x'))).Where(t => t.Length < 4000));

    /// <summary>JSON of any shape; texts with every character escaped, so that broken UTF-16 reaches the app as well.</summary>
    public static Gen<string> Json { get; } = Gen.Sized(size => JsonOf(Math.Min(3, size / 10)));

    /// <summary>An object with the API's own fields, of whatever type.</summary>
    public static Gen<string> Object { get; } = Gen.Choose(0, 6).SelectMany(n => Member(JsonOf(1)).ListOf(n)).Select(members => $"{{{string.Join(',', members)}}}");

    /// <summary>What is not JSON, or hardly.</summary>
    public static Gen<byte[]> Broken { get; } = Gen.OneOf(
        Object.SelectMany(json => Gen.Choose(0, json.Length), (json, length) => Encoding.UTF8.GetBytes(json[..length])),
        Gen.Choose(1, 30_000).Select(depth => Encoding.UTF8.GetBytes(new string('[', depth))),
        Gen.Choose(1, 6_000).Select(depth => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"bio\":", depth)) + "1" + new string('}', depth))),
        Gen.Choose(1, 100).Select(depth => Encoding.UTF8.GetBytes("{\"message\":" + new string('[', depth) + new string(']', depth) + "}")),
        Object.Select(json => Encoding.Unicode.GetBytes(json)),
        Object.Select(json => (byte[])[.. Encoding.UTF8.GetBytes(json), 0xFF, 0xC0]),
        Gen.Constant((byte[])[.. "{\"message\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]),
        ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => bytes ?? []));

    public static Gen<string> Form { get; } = Gen.Choose(0, 6).SelectMany(n => Gen.Zip(
        Gen.Elements(Fields), Gen.OneOf(Gen.Elements(PathParts), Text.Select(t => Uri.EscapeDataString(t.Replace('\uD800', 'x')))), (name, value) => $"{name}={value}").ListOf(n))
        .Select(fields => string.Join('&', fields));

    public static Gen<string> ContentType { get; } = Gen.Elements(
        "application/json", "application/json; charset=utf-8", "application/x-www-form-urlencoded", "application/merge-patch+json", "text/plain",
        "application/json; charset=utf-16", "multipart/form-data", "application/json;;;", "/", "json", "");

    /// <summary>What almost is a token, a cookie or a list of media types.</summary>
    public static Gen<string> Header(string token)
    {
        Gen<string> part = Gen.OneOf(
            Object.Select(json => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json))),
            Json.Select(json => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json))),
            Gen.Elements("", "=", "e30", "bnVsbA", "W10", "!", token.Split('.')[0], token.Split('.')[1], token.Split('.')[2]));
        Gen<string> tokens = Gen.Choose(0, 6).SelectMany(n => part.ListOf(n)).Select(parts => string.Join('.', parts)).Where(t => t.Length < 8000 && !string.Equals(t, token, StringComparison.Ordinal));
        return Gen.OneOf(
            tokens.Select(t => "Bearer " + t),
            tokens.Select(t => "chat_session=" + t),
            Gen.Elements("Bearer", "Bearer ", "Basic x", "bearer a b", "chat_session", "chat_session=;;=", "*/*;q=x", "text/html;q=9, application/json;q=0", ",,,", "text/html; q=0.000001", "null", "http://["));
    }

    public static string Quote(string text) => $"\"{string.Concat(text.Select(c => $"\\u{(int)c:x4}"))}\"";

    private static Gen<string> JsonOf(int depth) => depth == 0
        ? Gen.OneOf(Gen.Elements("null", "true", "false"), Gen.Elements(Numbers), Text.Select(Quote))
        : Gen.OneOf(
            JsonOf(0),
            Gen.Choose(0, 4).SelectMany(n => JsonOf(depth - 1).ListOf(n)).Select(items => $"[{string.Join(',', items)}]"),
            Gen.Choose(0, 5).SelectMany(n => Member(JsonOf(depth - 1)).ListOf(n)).Select(members => $"{{{string.Join(',', members)}}}"));

    private static Gen<string> Member(Gen<string> value) => Gen.Zip(Gen.Elements(Fields), value, (name, json) => $"{Quote(name)}:{json}");
}
