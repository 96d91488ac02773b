using ServerlessChat.Accounts;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Tables;

namespace ServerlessChat.Groups;

/// <summary>A group, read from its conversation's head.</summary>
/// <param name="Slug">As typed by its creator.</param>
/// <param name="Type"><see cref="GroupType"/>.</param>
/// <param name="Owner">The owner's username.</param>
/// <param name="Head">The head that this was read from: the log's length, the newest message, the version.</param>
public sealed record Group(GroupId Id, Slug Slug, string Name, string Type, AccountId OwnerId, string Owner, DateTimeOffset CreatedAt, ConversationHead Head)
{
    /// <summary>Members up to which they see of each other how far they have read, who types and who is online.</summary>
    public const int SmallLimit = 50;

    /// <summary>How many members it has; null for a group made before they were counted.</summary>
    public long? Members => MemberCount.Read(Head.Row);

    /// <summary>Whether its members see such signals of each other; not, as long as nobody knows how many they are.</summary>
    public bool IsSmall => Members <= SmallLimit;

    public bool IsPublic => string.Equals(Type, GroupType.Public, StringComparison.Ordinal);

    public static Group Read(ConversationHead head)
    {
        TableEntity row = head.Row;
        return new Group(
            new GroupId(head.Id.Log),
            Slug.Parse(row.GetString("Slug"))!,
            row.GetString("Name")!,
            row.GetString("Type")!,
            new AccountId(row.GetString("OwnerId")!),
            row.GetString("Owner")!,
            row.GetDateTimeOffset("CreatedAt")!.Value,
            head);
    }

    /// <summary>What a new group's head says beside the log.</summary>
    public static IReadOnlyDictionary<string, object?> HeadValues(Slug slug, string name, string type, Caller owner, DateTimeOffset createdAt) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["Slug"] = slug.Text,
        ["Name"] = name,
        ["Type"] = type,
        ["OwnerId"] = owner.Id.Value,
        ["Owner"] = owner.Username.Text,
        ["CreatedAt"] = createdAt,
        [MemberCount.Column] = 1L,
    };

    /// <summary>The part of the head that a rename or a change of type writes; null leaves as it is.</summary>
    public static IReadOnlyDictionary<string, object?> Changes(string? name, string? type)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (name is not null)
        {
            values["Name"] = name;
        }

        if (type is not null)
        {
            values["Type"] = type;
        }

        return values;
    }

    /// <summary>The part of the head that a handover writes.</summary>
    public static IReadOnlyDictionary<string, object?> OwnedBy(Member member) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["OwnerId"] = member.Id.Value,
        ["Owner"] = member.Username.Text,
    };
}
