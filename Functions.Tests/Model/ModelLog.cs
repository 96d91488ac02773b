using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <summary>The log of a conversation, as the contract describes it.</summary>
/// <param name="name">Tells its times from those of other logs, also of one that had its slug before.</param>
internal sealed class ModelLog(string name)
{
    private readonly List<ModelEntry> _entries = [];

    public long LastId => _entries.Count;

    public IReadOnlyList<ModelEntry> Entries => _entries;

    public IEnumerable<ModelMessage> Messages => _entries.OfType<ModelMessage>();

    public JsonValue TimeOf(object entry) => JsonDifference.Time($"{name}/{entry}");

    /// <summary>What this sender has stored with this <c>client_id</c>; null for nothing.</summary>
    public ModelMessage? FindSent(int by, string? clientId) => clientId is null ? null : Messages.FirstOrDefault(m => m.By == by && m.ClientId == clientId);

    public ModelMessage Append(int by, string text, string? clientId, long? replyTo)
    {
        var message = new ModelMessage(this, LastId + 1, by, text, clientId, replyTo);
        _entries.Add(message);
        return message;
    }

    /// <returns>Null when the message has this text now; otherwise why not.</returns>
    public Reply? Edit(int by, long? id, string text)
    {
        if (Find(id) is not { IsStanding: true } message)
        {
            return Reply.NotFound;
        }

        if (message.By != by)
        {
            return Reply.Forbidden;
        }

        if (!string.Equals(message.Text, text, StringComparison.Ordinal))
        {
            message.EditTo(text, LastId + 1);
            Tell(by, "edited", message);
        }

        return null;
    }

    /// <returns>204, or why not.</returns>
    public Reply Delete(int by, long? id, bool mayDeleteAny)
    {
        if (Find(id) is not { } message)
        {
            return Reply.NotFound;
        }

        if (message.By != by && !mayDeleteAny)
        {
            return Reply.Forbidden;
        }

        if (message.IsStanding)
        {
            message.Delete(LastId + 1);
            Tell(by, "deleted", message);
        }

        return Reply.NoContent;
    }

    /// <returns>204, or why not.</returns>
    public Reply React(int by, long? id, string emoji, bool removes)
    {
        if (Find(id) is not { IsStanding: true } message)
        {
            return Reply.NotFound;
        }

        if (message.Has(emoji, by) == removes)
        {
            (string spelling, int count) = message.React(emoji, by, removes, LastId + 1);
            Tell(by, "reaction", message, (spelling, count, removes));
        }

        return Reply.NoContent;
    }

    public ModelMessage? Find(long? id) => id >= 1 && id <= LastId ? _entries[(int)id - 1] as ModelMessage : null;

    private void Tell(int by, string kind, ModelMessage target, (string Emoji, int Count, bool IsRemoved)? reaction = null) =>
        _entries.Add(new ModelEvent(this, LastId + 1, by, kind, target, reaction));
}
