using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <summary>A private chat of two people, or of one with oneself.</summary>
internal sealed class ModelPair(ModelChat chat, int low, int high) : ModelConversation(chat, $"pair {low} {high}")
{
    public override bool IsSeenBy(int person) => IsOf(person);

    public override bool IsOf(int person) => person == low || person == high;

    public override bool IsManagedBy(int person) => false;

    public override string PathFor(int person) => $"/chat/chat/private/{Chat.Names[OtherOf(person)]}";

    public override JsonObject ToJson(ModelEntry entry, int reader) => AddPeople(base.ToJson(entry, reader), entry);

    public int OtherOf(int person) => person == low ? high : low;

    protected override JsonObject Heading(int reader) => new() { ["with"] = SummaryHeading(reader) };

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
