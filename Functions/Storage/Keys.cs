using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessChat.Names;

namespace ServerlessChat.Storage;

/// <summary>Every partition and row key of the app. To change one is a data migration.</summary>
/// <remarks>
/// <para>Keys hold <c>[a-z0-9-]</c> only, and at most 512 characters: user text enters as a hash, or as the hex of its folded
/// UTF-8 where order matters. So no key needs escaping in a URL, and none holds a character that Table Storage refuses.</para>
/// <para>Layout:</para>
/// <code>
/// users          PK hash(username key)     access-failures | access-session-(id) | account | inbox-group-(group id) | inbox-private-(account id)
/// conversations  PK g-hash(slug key)       head | member-(group id)-(account id) | entry-(group id)-(inverted id) | sent-(group id)-(account id)-hash(client_id)
///                PK p-(id)-(id), sorted    head |                                  entry-pair-(inverted id)       | sent-pair-(account id)-hash(client_id)
/// directory      PK 0 … 3                  (hex of the folded name)-(group id)
/// sweep          PK sweep                  (group id)
/// </code>
/// <para>The names of the rows in <c>users</c> are chosen for their order: what login needs (failures, sessions, account) is one
/// range, what the dashboard needs (account, inbox) is another. A group's rows carry its id, so that a slug that is
/// used again never sees what the sweep has not yet removed.</para>
/// </remarks>
public static class Keys
{
    /// <summary>A conversation's one row that every append rewrites.</summary>
    public const string Head = "head";

    public const string Account = "account";
    public const string AccessFailures = "access-failures";
    public const string AccessSessions = "access-session-";
    public const string Inbox = "inbox-";
    public const string Sweep = "sweep";

    /// <summary>Shards of the directory. A dashboard reads them all: it costs this many queries.</summary>
    public const int DirectoryShards = 4;

    /// <summary>The partition of a user's rows.</summary>
    public static string User(Username username) => Hash(username.Key);

    public static string Session(string sessionId) => AccessSessions + sessionId;

    /// <summary>The first 128 bits of SHA-256 as 32 hexadecimal digits. Enough: who finds a collision collides with themselves.</summary>
    public static string Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return Convert.ToHexStringLower(hash[..16]);
    }

    /// <summary>A new random id of an account or a group: 128 bits as 32 hexadecimal digits.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>An id that sorts newest first: 19 digits of <see cref="long.MaxValue"/> minus the id.</summary>
    public static string Invert(long id) => (long.MaxValue - id).ToString("D19", CultureInfo.InvariantCulture);
}
