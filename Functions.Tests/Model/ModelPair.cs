using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <summary>A private chat of two people, or of one with oneself.</summary>
internal sealed class ModelPair(ModelChat chat, int low, int high) : ModelConversation(chat, $"pair {low} {high}")
{
    private readonly Dictionary<int, int> _blocks = [];
    private int _made;

    public override bool IsSeenBy(int person) => IsOf(person);

    public override bool IsOf(int person) => person == low || person == high;

    public override bool IsManagedBy(int person) => false;

    public override string PathFor(int person) => $"/chat/chat/private/{Chat.Names[OtherOf(person)]}";

    public override JsonObject ToJson(ModelEntry entry, int reader) => AddPeople(base.ToJson(entry, reader), entry);

    public int OtherOf(int person) => person == low ? high : low;

    public override bool IsBlocked => _blocks.Count > 0;

    public bool IsBlockedBy(int person) => _blocks.ContainsKey(person);

    public void Block(int person) => _blocks.TryAdd(person, ++_made);

    public void Unblock(int person) => _blocks.Remove(person);

    /// <summary>A block in the list of who made it.</summary>
    public JsonObject BlockToJson(int person)
    {
        JsonObject block = SummaryHeading(person);
        block["blocked_at"] = JsonDifference.Time($"pair {low} {high}, block {_blocks[person]}");
        return block;
    }

    protected override IEnumerable<int> ReadersFor(int reader) => IsBlocked || low == high ? [] : [OtherOf(reader)];

    protected override JsonObject Heading(int reader)
    {
        var heading = new JsonObject { ["with"] = SummaryHeading(reader) };
        if (IsBlockedBy(reader))
        {
            heading["blocked"] = true;
        }

        return heading;
    }

    protected override JsonObject SummaryHeading(int reader)
    {
        string name = Chat.Names[OtherOf(reader)];
        return new JsonObject { ["username"] = name, ["display_name"] = name };
    }

    protected override JsonObject AddPeople(JsonObject json, ModelEntry entry)
    {
        (json["sender"], json["recipient"]) = (Chat.Names[entry.By], Chat.Names[OtherOf(entry.By)]);
        return json;
    }
}
