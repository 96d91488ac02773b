using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Names;

namespace ServerlessChat.Storage;

/// <summary>Every partition and row key of the app. To change one is a data migration.</summary>
/// <remarks>
/// <para>Keys hold <c>[a-z0-9-]</c> only, and at most 512 characters: user text enters as a hash, or as the hex of its folded
/// UTF-8 where order matters. So no key needs escaping in a URL, and none holds a character that Table Storage refuses.</para>
/// <para>Layout:</para>
/// <code>
/// users          PK hash(username key)     access-failures | access-session-(id) | account | inbox-group-(group id) | inbox-owner-(account id) | inbox-private-(account id) | left-group-(group id) | person-block-(account id) | person-blocker-(account id)
/// conversations  PK g-hash(slug key)       head | member-(group id)-(account id) | entry-(group id)-(inverted id) | sent-(group id)-(account id)-hash(client_id)
///                PK p-(id)-(id), sorted    head | entry-pair-(inverted id) | read-pair-(account id) | sent-pair-(account id)-hash(client_id)
/// directory      PK 0 … 3                  (hex of the folded name)-(group id) | slug-(hex of the slug key)-(group id)
/// sweep          PK sweep                  (group id)
///                PK erasure                (account id)
///                PK rewriting              (account id)-hash(conversation)
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
    public const string InboxGroups = "inbox-group-";
    public const string InboxPrivates = "inbox-private-";
    public const string LeftGroups = "left-group-";
    public const string Blocks = "person-block-";
    public const string Blockers = "person-blocker-";
    public const string Sweep = "sweep";

    /// <summary>The partition of the erased accounts that something is left to do about.</summary>
    public const string Erasures = "erasure";

    /// <summary>The partition of the logs that an erased account's name is still to be taken out of.</summary>
    public const string Rewritings = "rewriting";

    /// <summary>Shards of the directory. A dashboard reads them all: it costs this many queries.</summary>
    public const int DirectoryShards = 4;

    /// <summary>What begins the rows by slug; those by name begin with a hexadecimal digit.</summary>
    public const string DirectorySlugs = "slug-";

    /// <summary>The log of a pair has no id of its own: a pair has one log for ever.</summary>
    public const string PairLog = "pair";

    private const int NameBytes = 128;

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

    /// <summary>The partition of a group's conversation.</summary>
    public static string Group(Slug slug) => "g-" + Hash(slug.Key);

    /// <summary>The partition of two people's conversation, the same for both; also of one person's notes to self.</summary>
    public static string Pair(AccountId one, AccountId other) =>
        string.CompareOrdinal(one.Value, other.Value) <= 0 ? $"p-{one}-{other}" : $"p-{other}-{one}";

    /// <summary>An entry of a log. Newest first: the id is subtracted from <see cref="long.MaxValue"/> and padded to 19 digits.</summary>
    public static string Entry(string log, long id) => EntryPrefix(log) + (long.MaxValue - id).ToString("D19", CultureInfo.InvariantCulture);

    public static string EntryPrefix(string log) => $"entry-{log}-";

    /// <summary>The marker that makes a send safe to repeat.</summary>
    public static string Sent(string log, AccountId sender, string clientId) => $"{SentPrefix(log)}{sender}-{Hash(clientId)}";

    public static string SentPrefix(string log) => $"sent-{log}-";

    public static string Member(string log, AccountId account) => MemberPrefix(log) + account;

    public static string MemberPrefix(string log) => $"member-{log}-";

    /// <summary>Of the rows that <see cref="Read"/> names.</summary>
    public const string ReadPrefix = $"read-{PairLog}-";

    /// <summary>How far one of a pair has read. In a group that stands in the member's row.</summary>
    public static string Read(AccountId account) => ReadPrefix + account;

    public static string InboxGroup(GroupId group) => InboxGroups + group;

    /// <summary>Stands as long as the account does: what is put into its inbox is put in on condition that it stands.</summary>
    public static string InboxOwner(AccountId account) => "inbox-owner-" + account;

    public static string InboxPrivate(AccountId other) => InboxPrivates + other;

    /// <summary>A group that the person is no member of any more, and may have written in.</summary>
    public static string LeftGroup(GroupId group) => LeftGroups + group;

    /// <summary>Somebody whom the person blocks.</summary>
    public static string Block(AccountId other) => Blocks + other;

    /// <summary>Somebody who blocks the person, or did.</summary>
    public static string Blocker(AccountId other) => Blockers + other;

    /// <summary>A log that an erased account's name is to be taken out of.</summary>
    public static string Rewriting(AccountId account, string partition, string log) => $"{account}-{Hash($"{partition}/{log}")}";

    /// <summary>The directory's partition of a group.</summary>
    public static string DirectoryShard(GroupId group) =>
        (Convert.ToInt32(group.Value[..2], 16) % DirectoryShards).ToString(CultureInfo.InvariantCulture);

    /// <summary>A group's place in the directory: by folded name, then by id.</summary>
    public static string DirectoryRow(string groupName, GroupId group) => DirectoryPrefix(groupName) + "-" + group;

    /// <summary>Where a public group is found by its slug, behind everything that is found by name.</summary>
    public static string DirectorySlugRow(Slug slug, GroupId group) => DirectorySlugPrefix(slug.Key) + "-" + group;

    /// <param name="text">The beginning of a slug.</param>
    public static string DirectorySlugPrefix(string text) => DirectorySlugs + DirectoryPrefix(text);

    /// <summary>The hex of the folded name's first <see cref="NameBytes"/> bytes of UTF-8: it keeps the order, and a prefix stays a prefix.</summary>
    public static string DirectoryPrefix(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Folding.Fold(name));
        return Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, NameBytes)));
    }

    /// <summary>The end of a prefix's range: the prefix with its last character raised by one.</summary>
    public static string After(string prefix) => string.Concat(prefix.AsSpan(0, prefix.Length - 1), [(char)(prefix[^1] + 1)]);
}
