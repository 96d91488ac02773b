using System.Collections.Concurrent;

namespace ServerlessChat.Tests.Reliability;

/// <summary>What devices were told is done. What is stored in the end must say the same: the truth that does not come out of the log.</summary>
internal sealed class Acknowledged
{
    private readonly ConcurrentDictionary<long, string> _texts = new();
    private readonly ConcurrentDictionary<long, bool> _deleted = new();
    private readonly ConcurrentDictionary<(long Id, string Emoji, string User), bool> _reactions = new();
    private readonly ConcurrentBag<long> _notFound = [];
    private readonly ConcurrentBag<string> _written = [];
    private int _count;

    /// <summary>Sends and changes, all devices together.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The text of a message that is sent with this <c>client_id</c>: no text is a part of another one.</summary>
    public static string TextOf(string clientId) => $"«{clientId} پیام»";

    /// <summary>Before a text goes out: whether or not it arrives, it may be stored from now on.</summary>
    public void Writes(string text) => _written.Add(text);

    public void Done() => Interlocked.Increment(ref _count);

    public void Edited(long id, string text) => _texts[id] = text;

    public void Deleted(long id) => _deleted[id] = true;

    public void Reacted(long id, string emoji, string user, bool removed) => _reactions[(id, Plain(emoji), user)] = !removed;

    /// <summary>A change was answered 404: somebody must have deleted the message.</summary>
    public void NotFound(long id) => _notFound.Add(id);

    /// <summary>Texts that were written, and then edited away or deleted.</summary>
    public HashSet<string> Gone(IEnumerable<ShownMessage> messages) =>
        _written.Except(messages.Select(message => message.Text), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);

    /// <summary>Every message says what its author and everybody else were told.</summary>
    public void Check(IReadOnlyList<ShownMessage> messages)
    {
        foreach (ShownMessage message in messages)
        {
            bool isDeleted = _deleted.ContainsKey(message.Id);
            string text = _texts.GetValueOrDefault(message.Id) ?? TextOf(message.ClientId);
            Assert.Equal((message.Id, isDeleted, isDeleted ? "" : text), (message.Id, message.IsDeleted, message.Text));
            Assert.Equal(isDeleted ? [] : ReactionsOn(message.Id), message.Reactions.Select(r => (Plain(r.Key), r.Value)).Order());
        }

        Assert.All(_notFound, id => Assert.Contains(messages, message => message.Id == id && message.IsDeleted));
    }

    public bool Has(long id, string emoji, string user) => _reactions.GetValueOrDefault((id, Plain(emoji), user));

    /// <summary>As the app compares emojis.</summary>
    private static string Plain(string emoji) => emoji.Replace("\uFE0F", "", StringComparison.Ordinal);

    private IEnumerable<(string Emoji, int Count)> ReactionsOn(long id) => _reactions
        .Where(reaction => reaction.Key.Id == id && reaction.Value)
        .GroupBy(reaction => reaction.Key.Emoji, StringComparer.Ordinal)
        .Select(reactions => (reactions.Key, reactions.Count()))
        .Order();
}
