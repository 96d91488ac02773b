using System.Collections.Immutable;
using System.Text.Json;

namespace ServerlessChat.Tests.Reliability;

/// <summary>
/// What a device shows of a conversation, kept by the rules that the documentation gives to clients: the next entry or none; an event only on a message whose
/// <c>revision</c> is lower than the event's id; of two copies of a message the one with the higher <c>revision</c>.
/// </summary>
internal sealed class DeviceLog
{
    private readonly SortedDictionary<long, ShownMessage> _messages = [];
    private readonly Lock _gate = new();

    /// <summary>Of the newest entry that it has.</summary>
    public long LastId { get; private set; }

    public ShownMessage[] Messages
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages.Values];
            }
        }
    }

    /// <summary>Takes the next entry: of a page, or as a frame of either channel.</summary>
    public void Append(JsonElement entry)
    {
        lock (_gate)
        {
            Assert.Equal(LastId + 1, entry.GetProperty("id").GetInt64());
            LastId++;
            if (KindOf(entry) is { } kind)
            {
                long target = entry.GetProperty("target").GetInt64();
                ShownMessage before = _messages[target];
                _messages[target] = LastId > before.Revision ? before.After(kind, entry) : before;
            }
            else
            {
                KeepNewer(ShownMessage.Of(entry));
            }
        }
    }

    /// <summary>Takes another copy of a message that it has; of one that it has not yet, the log comes first.</summary>
    public void Keep(JsonElement copy)
    {
        lock (_gate)
        {
            if (KindOf(copy) is null && copy.GetProperty("id").GetInt64() <= LastId)
            {
                KeepNewer(ShownMessage.Of(copy));
            }
        }
    }

    /// <summary>A message that is not deleted as far as this device knows; null when there is none.</summary>
    /// <param name="of">Whose; null for anybody's.</param>
    public ShownMessage? Pick(Random random, string? of)
    {
        ShownMessage[] standing = [.. Messages.Where(message => !message.IsDeleted && (of is null || message.User == of))];
        return standing.Length == 0 ? null : standing[random.Next(standing.Length)];
    }

    private static string? KindOf(JsonElement entry) =>
        entry.TryGetProperty("event", out JsonElement kind) || (entry.TryGetProperty("kind", out kind) && kind.GetString() is not "group_message") ? kind.GetString() : null;

    private void KeepNewer(ShownMessage message)
    {
        if (!_messages.TryGetValue(message.Id, out ShownMessage? known) || message.Revision > known.Revision)
        {
            _messages[message.Id] = message;
        }
    }
}

/// <summary>A message as a device shows it.</summary>
/// <param name="Revision">0 when nothing has changed it.</param>
/// <param name="Reactions">How many people's, by emoji.</param>
internal sealed record ShownMessage(
    long Id, string User, string ClientId, string Text, bool IsEdited, bool IsDeleted, long Revision, ImmutableSortedDictionary<string, int> Reactions)
{
    public static ShownMessage Of(JsonElement message) => new(
        message.GetProperty("id").GetInt64(),
        message.GetProperty("user").GetString()!,
        message.GetProperty("client_id").GetString()!,
        message.GetProperty("message").GetString()!,
        message.TryGetProperty("edited_at", out _),
        message.TryGetProperty("deleted_at", out _),
        message.TryGetProperty("revision", out JsonElement revision) ? revision.GetInt64() : 0,
        message.TryGetProperty("reactions", out JsonElement reactions)
            ? reactions.EnumerateArray().ToImmutableSortedDictionary(r => r.GetProperty("emoji").GetString()!, r => r.GetProperty("count").GetInt32(), StringComparer.Ordinal)
            : ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));

    /// <param name="kind"><c>edited</c>, <c>deleted</c> or <c>reaction</c>.</param>
    /// <param name="change">The event. An edit that a later change has superseded has no text any more: the later change follows.</param>
    public ShownMessage After(string kind, JsonElement change)
    {
        ShownMessage changed = this with { Revision = change.GetProperty("id").GetInt64() };
        return kind switch
        {
            "edited" => changed with { IsEdited = true, Text = change.TryGetProperty("message", out JsonElement text) ? text.GetString()! : Text },
            "deleted" => changed with { IsDeleted = true, IsEdited = false, Text = "", Reactions = Reactions.Clear() },
            "reaction" => changed with { Reactions = Counted(change.GetProperty("emoji").GetString()!, change.GetProperty("count").GetInt32()) },
            _ => throw new InvalidOperationException($"No event is called {kind}."),
        };
    }

    public override string ToString() =>
        $"{Id} {User} {ClientId} '{Text}'{(IsEdited ? " edited" : "")}{(IsDeleted ? " deleted" : "")} r{Revision} {string.Join(' ', Reactions.Select(r => $"{r.Key}{r.Value}"))}";

    private ImmutableSortedDictionary<string, int> Counted(string emoji, int count) => count > 0 ? Reactions.SetItem(emoji, count) : Reactions.Remove(emoji);
}
