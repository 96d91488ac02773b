using ServerlessChat.Accounts;
using ServerlessChat.Messages;
using ServerlessChat.Names;

namespace ServerlessChat.PrivateChats;

/// <summary>The two of a private chat as its head names them; the same person twice for notes to self.</summary>
/// <remarks>
/// The head keeps both usernames and display names, so that a dashboard needs one read per chat. A display name is as of the last
/// message that was sent to that person by HTTP (the sender reads the account then anyway); the chat's page has it fresh.
/// </remarks>
public static class Pair
{
    /// <summary>What the head says about one of the two; null leaves the display name as it is.</summary>
    public static void Describe(IDictionary<string, object?> values, ConversationId pair, AccountId id, Username username, string? displayName)
    {
        string side = SideOf(pair, id);
        values[side + "Id"] = id.Value;
        values[side + "User"] = username.Text;
        if (displayName is not null)
        {
            values[side + "DisplayName"] = displayName;
        }
    }

    /// <summary>One of the two as the head knows them: the display name, which is the username as long as the head does not know it.</summary>
    public static PersonResponse Show(ConversationHead head, AccountId id, Username username) => head.Erased.Has(id)
        ? Erased(id)
        : new PersonResponse(username.Text, head.Row.GetString(SideOf(head.Id, id) + "DisplayName") ?? username.Text);

    /// <summary>An erased person, as the other sees them.</summary>
    public static PersonResponse Erased(AccountId id) => new(DeletedUser.UsernameOf(id).Text, DeletedUser.Name);

    /// <summary>What the head says about one of the two, once they are erased.</summary>
    public static void DescribeErased(IDictionary<string, object?> values, ConversationHead head, AccountId id)
    {
        head.Erased.With(id).Put(values);
        Describe(values, head.Id, id, DeletedUser.UsernameOf(id), DeletedUser.Name);
    }

    /// <summary>The username of the one of the two who is not this one; one's own in notes to self.</summary>
    public static string Other(ConversationHead head, AccountId id)
    {
        string own = SideOf(head.Id, id);
        return head.Row.GetString((own is "Low" ? "High" : "Low") + "User") ?? head.Row.GetString(own + "User")!;
    }

    /// <summary>Both ids; the same twice for notes to self.</summary>
    public static (AccountId Low, AccountId High) Ids(ConversationId pair)
    {
        string[] parts = pair.Partition.Split('-');
        return (new AccountId(parts[1]), new AccountId(parts[2]));
    }

    /// <summary>Low or high, by the order of the ids in the partition key.</summary>
    private static string SideOf(ConversationId pair, AccountId id) =>
        pair.Partition.AsSpan(2).StartsWith(id.Value, StringComparison.Ordinal) ? "Low" : "High";
}
