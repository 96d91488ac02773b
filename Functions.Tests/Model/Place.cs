using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <summary>Where a step happens.</summary>
internal abstract record Place(Who Who, Spelling Spelling)
{
    /// <summary>Who goes there and what they find, now.</summary>
    public abstract Scene Find(ModelChat chat);

    /// <param name="path">The plain address, without the last slash.</param>
    protected string Spell(string path, bool hasAlias = false)
    {
        string spelled = Spelling.HasFlag(Spelling.Alias) && hasAlias ? path.Replace("/chat/chat/", "/chat/", StringComparison.Ordinal) : path;
        string[] parts = spelled.Split('/');
        string name = Spelling.HasFlag(Spelling.OtherLetters) ? parts[^1].ToUpperInvariant().Replace('ی', 'ي').Replace('ک', 'ك') : parts[^1];
        return $"{string.Join('/', parts[..^1])}/{Uri.EscapeDataString(name)}";
    }

    protected string End => Spelling.HasFlag(Spelling.WithoutSlash) ? "" : "/";

    public override string ToString() => $"{Who}{(Spelling is Spelling.Plain ? "" : $" ({Spelling})")}";
}

/// <summary>One of the groups, whether or not it is there.</summary>
internal sealed record InGroup(int Index, Who Who, Spelling Spelling) : Place(Who, Spelling)
{
    public override Scene Find(ModelChat chat)
    {
        ModelGroup? group = chat.Groups[Index];
        int by = Who.Find(chat, group) ?? 0;
        return new Scene(by, group?.IsSeenBy(by) == true ? group : null, Spell($"/chat/group/{chat.Slugs[Index]}"), End);
    }

    public override string ToString() => $"group {Index}, {base.ToString()}";
}

/// <summary>A chat with somebody.</summary>
/// <param name="With">Null: the main pair, which most steps are about.</param>
internal sealed record InPrivate(Who? With, Who Who, Spelling Spelling) : Place(Who, Spelling)
{
    public override Scene Find(ModelChat chat)
    {
        int by = With is null ? Who.N % 2 : Who.N % chat.Names.Count;
        int? other = With is null ? 1 - by : With.Find(chat, group: null);
        string name = other is { } person ? chat.Names[person] : "nobody-" + chat.Names[by];
        return new Scene(by, other is { } found ? chat.Pair(by, found) : null, Spell($"/chat/chat/private/{name}", hasAlias: true), End, other);
    }

    public override string ToString() => $"chat{(With is null ? "" : $" with {With}")}, {base.ToString()}";
}

/// <summary>Somebody before a conversation.</summary>
/// <param name="Conversation">Null when there is none for them.</param>
/// <param name="Path">Its address as they type it, without the last slash; <paramref name="End"/> is that slash or nothing.</param>
/// <param name="Other">Of a private chat: with whom.</param>
internal sealed record Scene(int By, ModelConversation? Conversation, string Path, string End, int? Other = null)
{
    public ModelGroup? Group => Conversation as ModelGroup;

    /// <summary>404 when it is not there for them, 403 when it is not theirs; null otherwise.</summary>
    public Reply? Refusal => Conversation switch
    {
        null => Reply.NotFound,
        { } seen when !seen.IsOf(By) => Reply.Forbidden,
        _ => null,
    };

    /// <summary>The same, and 403 where there is a block.</summary>
    public Reply? RefusalToWrite => Refusal ?? (Conversation!.IsBlocked ? Reply.Blocked : null);

    public Taken Take(HttpMethod method, string below, Reply reply, JsonObject? body = null, int? about = null) =>
        new(new Call(By, method, Path + below + End, body), reply, Conversation, about ?? Other);
}
