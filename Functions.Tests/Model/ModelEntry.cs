using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <summary>An entry of a log, as the contract describes it.</summary>
/// <param name="by">Who wrote or changed.</param>
internal abstract class ModelEntry(ModelLog log, long id, int by)
{
    public long Id => id;

    public int By => by;

    protected ModelLog Log => log;

    public abstract JsonObject ToJson(ModelChat chat, int reader);

    protected JsonObject ToJson(ModelChat chat) => new() { ["id"] = id, ["user"] = chat.Names[by], ["timestamp"] = log.TimeOf(id) };
}

/// <summary>A message with what later entries have made of it.</summary>
internal sealed class ModelMessage(ModelLog log, long id, int by, string text, string? clientId, long? replyTo) : ModelEntry(log, id, by)
{
    /// <summary>UTF-16 characters that a dashboard shows.</summary>
    private const int PreviewLength = 300;

    private readonly List<(string Emoji, List<int> By)> _reactions = [];

    public string Text { get; private set; } = text;

    public string? ClientId => clientId;

    /// <summary>The entry that edited it last.</summary>
    public long? Edit { get; private set; }

    /// <summary>The entry that deleted it.</summary>
    public long? Deletion { get; private set; }

    /// <summary>The entry that changed it last.</summary>
    public long? Revision { get; private set; }

    public bool IsStanding => Deletion is null;

    public void EditTo(string text, long edit) => (Text, Edit, Revision) = (text, edit, edit);

    public void Delete(long deletion)
    {
        (Text, Edit, Deletion, Revision) = ("", null, deletion, deletion);
        _reactions.Clear();
    }

    public bool Has(string emoji, int person) => _reactions.Exists(r => IsSame(r.Emoji, emoji) && r.By.Contains(person));

    /// <summary>What this person has put.</summary>
    public IEnumerable<string> ReactionsOf(int person) => _reactions.Where(r => r.By.Contains(person)).Select(r => r.Emoji);

    /// <returns>The emoji as it was put first, and how many have it now.</returns>
    public (string Emoji, int Count) React(string emoji, int person, bool removes, long change)
    {
        Revision = change;
        int i = _reactions.FindIndex(r => IsSame(r.Emoji, emoji));
        if (i < 0)
        {
            _reactions.Add((emoji, [person]));
            return (emoji, 1);
        }

        (string spelling, List<int> people) = _reactions[i];
        (removes ? () => people.Remove(person) : (Action)(() => people.Add(person)))();
        _reactions.RemoveAll(r => r.By.Count == 0);
        return (spelling, people.Count);
    }

    public override JsonObject ToJson(ModelChat chat, int reader)
    {
        JsonObject json = Common(chat, Text);
        Put(json, "client_id", clientId);
        if (_reactions.Count > 0)
        {
            json["reactions"] = new JsonArray([.. _reactions.Select(r => r.By.Contains(reader)
                ? new JsonObject { ["emoji"] = r.Emoji, ["count"] = r.By.Count, ["mine"] = true }
                : new JsonObject { ["emoji"] = r.Emoji, ["count"] = r.By.Count })]);
        }

        return json;
    }

    /// <summary>As a dashboard shows it.</summary>
    public JsonObject ToPreview(ModelChat chat)
    {
        int length = Text.Length > PreviewLength && char.IsHighSurrogate(Text[PreviewLength - 1]) ? PreviewLength - 1 : PreviewLength;
        return Common(chat, Text.Length > length ? Text[..length] : Text);
    }

    private JsonObject Common(ModelChat chat, string shown)
    {
        JsonObject json = ToJson(chat);
        json["message"] = shown;
        Put(json, "reply_to", replyTo);
        Put(json, "revision", Revision);
        Put(json, "edited_at", Edit is { } edit ? Log.TimeOf(edit) : null);
        Put(json, "deleted_at", Deletion is { } deletion ? Log.TimeOf(deletion) : null);
        return json;
    }

    private static void Put(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static bool IsSame(string emoji, string other) =>
        string.Equals(emoji.Replace("\uFE0F", "", StringComparison.Ordinal), other.Replace("\uFE0F", "", StringComparison.Ordinal), StringComparison.Ordinal);
}

/// <summary>What happened to a message.</summary>
/// <param name="kind"><c>edited</c>, <c>deleted</c> or <c>reaction</c>.</param>
/// <param name="reaction">Null unless it is one.</param>
internal sealed class ModelEvent(ModelLog log, long id, int by, string kind, ModelMessage target, (string Emoji, int Count, bool IsRemoved)? reaction) : ModelEntry(log, id, by)
{
    public override JsonObject ToJson(ModelChat chat, int reader)
    {
        JsonObject json = ToJson(chat);
        (json["event"], json["target"]) = (kind, target.Id);
        if (target.Edit == Id)
        {
            json["message"] = target.Text; // Until it is superseded.
        }

        if (reaction is var (emoji, count, isRemoved))
        {
            (json["emoji"], json["count"]) = (emoji, count);
            if (isRemoved)
            {
                json["removed"] = true;
            }
        }

        return json;
    }
}
