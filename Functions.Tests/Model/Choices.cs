namespace ServerlessChat.Tests.Model;

/// <summary>Which kind of person a step is for. Who it is, the model says when the step is taken: so a step stays sensible when those before it are left out.</summary>
internal enum Kind
{
    Anyone,
    Owner,
    Manager,
    Member,

    /// <summary>Somebody who is no member.</summary>
    Outsider,

    /// <summary>A name that nobody has.</summary>
    Nobody,
}

/// <summary>A person, by their place in a group.</summary>
/// <param name="N">Which of several.</param>
internal sealed record Who(Kind Kind, int N)
{
    /// <returns>One of the kind; anyone when there is none. Null for nobody.</returns>
    public int? Find(ModelChat chat, ModelGroup? group)
    {
        int[] people = [.. Enumerable.Range(0, chat.Names.Count).Where(person => Kind switch
        {
            Kind.Owner => group?.Owner == person,
            Kind.Manager => group?.IsManagedBy(person) == true,
            Kind.Member => group?.IsOf(person) == true,
            Kind.Outsider => group?.IsOf(person) == false,
            _ => false,
        })];
        return Kind is Kind.Nobody ? null : people.Length > 0 ? people[N % people.Length] : N % chat.Names.Count;
    }

    public override string ToString() => $"{Kind} {N}";
}

/// <summary>How an address is written.</summary>
[Flags]
internal enum Spelling
{
    Plain = 0,

    /// <summary>Capitals, and Arabic letters in place of Persian ones: the same name.</summary>
    OtherLetters = 1,
    WithoutSlash = 2,

    /// <summary>The shorter address of private chats.</summary>
    Alias = 4,
}

/// <summary>Which message of a log.</summary>
internal enum Of
{
    /// <summary>One's own, not deleted.</summary>
    Own,

    /// <summary>Anybody's, not deleted.</summary>
    Standing,

    /// <summary>One that they have reacted to.</summary>
    Reacted,

    /// <summary>Any entry: deleted messages and events too.</summary>
    Log,

    /// <summary>What is no id of the log.</summary>
    Nothing,
}

/// <summary>A message, by what it is to whoever takes the step.</summary>
internal sealed record Target(Of Of, int N)
{
    /// <summary>From here on <c>N</c> picks from the whole log; below, from the newest: one message is to have a history.</summary>
    private const int Older = 70;

    /// <returns>As it stands in an address; null in place of the number when it is none of the log's.</returns>
    public (string Text, long? Id) Find(ModelLog? log, int by)
    {
        long lastId = log?.LastId ?? 0;
        if (Of is Of.Nothing)
        {
            string[] wrong = [$"{lastId + 1}", "0", "-1", "x", "1.0", "99999999999999999999", "۱", "+1", "01x"];
            return (wrong[N % wrong.Length], null);
        }

        ModelEntry[] found = [.. (log?.Entries ?? []).Where(entry => Of is Of.Log || (entry is ModelMessage { IsStanding: true } message && IsMeant(message, by)))];
        int back = N % Math.Max(1, N < Older ? Math.Min(3, found.Length) : found.Length);
        long id = found.Length > 0 ? found[^(1 + back)].Id : 1;
        return ($"{id}", id);
    }

    public override string ToString() => $"{Of} {N}";

    private bool IsMeant(ModelMessage message, int by) => Of switch
    {
        Of.Own => message.By == by,
        Of.Reacted => message.ReactionsOf(by).Any(),
        _ => true,
    };
}

/// <summary>An id that is sent in a body: to be read up to, or to be answered.</summary>
/// <param name="IsOutside">None of the log's.</param>
internal sealed record Position(bool IsOutside, int N)
{
    public long Find(long lastId) => (IsOutside, N % 3) switch
    {
        (true, 0) => lastId + 1,
        (true, 1) => 0,
        (true, _) => -1,
        _ when lastId == 0 => 1,
        (_, 0) => lastId,
        _ => 1 + (N % lastId),
    };

    public override string ToString() => $"{(IsOutside ? "outside " : "")}{N}";
}
