using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <summary>A group, as the contract describes it.</summary>
internal sealed class ModelGroup : ModelConversation
{
    private readonly ModelChat _chat;
    private readonly string _name;
    private readonly string _slug;
    private readonly SortedDictionary<int, Membership> _members = [];
    private int _joins;

    /// <param name="name">Another one for each group, also of the same slug.</param>
    public ModelGroup(ModelChat chat, string name, string slug, string title, string type, int owner)
        : base(chat, name)
    {
        (_chat, _name, _slug, Title, Type) = (chat, name, slug, title, type);
        Put(owner, "owner");
    }

    public string Title { get; set; }

    public string Type { get; set; }

    public bool IsPublic => Type == "public";

    public IReadOnlyCollection<int> Members => _members.Keys;

    public int Owner => _members.Single(member => member.Value.Role == "owner").Key;

    public string? RoleOf(int person) => _members.TryGetValue(person, out Membership? member) ? member.Role : null;

    public override bool IsSeenBy(int person) => IsPublic || IsOf(person);

    public override bool IsOf(int person) => _members.ContainsKey(person);

    public override bool IsManagedBy(int person) => RoleOf(person) is "owner" or "admin";

    public override string PathFor(int person) => $"/chat/group/{_slug}";

    public override void Admit(int person)
    {
        if (!IsOf(person))
        {
            Put(person, "member");
        }
    }

    /// <summary>Somebody new gets a membership; a member another role. A new owner makes the old one an admin.</summary>
    public void Put(int person, string role)
    {
        if (role == "owner" && _members.Count > 0)
        {
            Put(Owner, "admin");
        }

        _members[person] = _members.TryGetValue(person, out Membership? known) ? known with { Role = role } : new Membership(role, ++_joins);
    }

    public void Remove(int person)
    {
        _members.Remove(person);
        ForgetReads(person);
    }

    /// <summary>The group as this person sees it.</summary>
    public JsonObject ToJson(int reader) => new()
    {
        ["group_name"] = Title, ["slug"] = _slug, ["type"] = Type, ["owner"] = _chat.Names[Owner], ["created_at"] = JsonDifference.Time(_name), ["role"] = RoleOf(reader),
    };

    public JsonObject MemberToJson(int person) => new()
    {
        ["username"] = _chat.Names[person], ["role"] = _members[person].Role, ["joined_at"] = JsonDifference.Time($"{_name}, joined by {_members[person].Number}"),
    };

    /// <summary>In the order of usernames, for there is none that means anything.</summary>
    public JsonArray MembersToJson() => [.. Members.Select(MemberToJson).OrderBy(member => (string)member["username"]!, StringComparer.Ordinal)];

    protected override IEnumerable<int> ReadersFor(int reader) => Members.Where(person => person != reader);

    protected override JsonObject Heading(int reader) => new() { ["group"] = ToJson(reader) };

    protected override JsonObject SummaryHeading(int reader) => ToJson(reader);

    /// <param name="Number">Of the joining: who comes back has joined at another time.</param>
    private sealed record Membership(string Role, int Number);
}
