using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <summary>What a group and a private chat have in common: a log, read positions, and how it is shown.</summary>
internal abstract class ModelConversation(ModelChat chat, string name)
{
    private readonly Dictionary<int, long> _reads = [];
    private readonly Dictionary<int, long> _shownReads = [];

    public ModelLog Log { get; } = new(name);

    protected ModelChat Chat => chat;

    /// <summary>Whether this person may read it; to anyone else it is not there.</summary>
    public abstract bool IsSeenBy(int person);

    /// <summary>Whether it is this person's: on their dashboard, with a read position, and with messages that they may change.</summary>
    public abstract bool IsOf(int person);

    /// <summary>Whether this person may delete others' messages.</summary>
    public abstract bool IsManagedBy(int person);

    /// <summary>Whether nobody may write to it, edit or react.</summary>
    public virtual bool IsBlocked => false;

    /// <summary>Its address as this person types it, without the last slash.</summary>
    public abstract string PathFor(int person);

    /// <summary>An entry as this person reads it.</summary>
    public virtual JsonObject ToJson(ModelEntry entry, int reader) => entry.ToJson(chat, reader);

    /// <summary>Before somebody sends something: they become a member of a public group.</summary>
    public virtual void Admit(int person)
    {
    }

    /// <summary>Moves a read position forward, never back; the others' view of it too, unless there is a block.</summary>
    public void MarkRead(int person, long id)
    {
        _reads[person] = Math.Max(id, _reads.GetValueOrDefault(person));
        if (!IsBlocked)
        {
            _shownReads[person] = Math.Max(id, _shownReads.GetValueOrDefault(person));
        }
    }

    /// <summary>A part of the log as this person reads it.</summary>
    public JsonObject ToPage(int reader, PageQuery query)
    {
        (long first, long last) = query.Range(Log.LastId);
        JsonObject page = Heading(reader);
        page["messages"] = new JsonArray([.. Log.Entries.Where(e => e.Id >= first && e.Id <= last).Select(e => ToJson(e, reader))]);
        page["before"] = first > 1 ? first : null;
        page["last_id"] = Log.LastId;
        if (query.IsForward)
        {
            page["more"] = last < Log.LastId;
        }

        if (query.Before is null && IsOf(reader))
        {
            page["reads"] = new JsonArray([.. ReadersFor(reader)
                .Select(person => (Name: chat.Names[person], Id: _shownReads.GetValueOrDefault(person)))
                .Where(read => read.Id > 0)
                .OrderBy(read => read.Name, StringComparer.Ordinal)
                .Select(read => new JsonObject { ["user"] = read.Name, ["id"] = read.Id })]);
        }

        return page;
    }

    /// <summary>On this person's dashboard.</summary>
    public JsonObject ToSummary(int reader)
    {
        JsonObject summary = SummaryHeading(reader);
        summary["last_message"] = Log.Messages.LastOrDefault() is { } last ? AddPeople(last.ToPreview(chat), last) : null;
        summary["unread"] = Log.LastId - _reads.GetValueOrDefault(reader);
        summary["last_id"] = Log.LastId;
        return summary;
    }

    /// <summary>Whose read positions this person is shown.</summary>
    protected abstract IEnumerable<int> ReadersFor(int reader);

    /// <summary>What a page says beside the log.</summary>
    protected abstract JsonObject Heading(int reader);

    /// <summary>What a dashboard says beside the log.</summary>
    protected abstract JsonObject SummaryHeading(int reader);

    /// <summary>Who sent it to whom, where that is said.</summary>
    protected virtual JsonObject AddPeople(JsonObject json, ModelEntry entry) => json;

    protected void ForgetReads(int person)
    {
        _reads.Remove(person);
        _shownReads.Remove(person);
    }
}
