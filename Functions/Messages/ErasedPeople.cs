using System.Collections.Immutable;
using ServerlessChat.Accounts;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>The erased accounts whose name a conversation's rows may still hold: property <c>Erased</c> of the head, ids with spaces between.</summary>
/// <remarks>
/// In a group an id leaves the list once the sweep has taken the name out of every row, so the list is as long as there are erasures under way. In a pair it stays: it is
/// also what closes the conversation.
/// </remarks>
public sealed class ErasedPeople
{
    /// <summary>Ids in one list. A property of a row holds 32,768 characters, and every read of a head reads the list.</summary>
    public const int MaxCount = 500;

    private const string Property = "Erased";

    private static readonly ErasedPeople None = new([]);

    private readonly ImmutableArray<AccountId> _ids;

    private ErasedPeople(ImmutableArray<AccountId> ids) => _ids = ids;

    public bool IsEmpty => _ids.IsEmpty;

    public static ErasedPeople Of(AccountId person) => new([person]);

    public static ErasedPeople Read(TableEntity head) => head.GetString(Property) is { Length: > 0 } text
        ? new ErasedPeople([.. text.Split(' ').Select(id => new AccountId(id))])
        : None;

    public bool Has(AccountId person) => _ids.Contains(person);

    /// <summary>The same list when it is full: the name then shows until the sweep has rewritten the rows, and not only where the list says so.</summary>
    public ErasedPeople With(AccountId person) => Has(person) || _ids.Length >= MaxCount ? this : new ErasedPeople(_ids.Add(person));

    public ErasedPeople Without(AccountId person) => new(_ids.Remove(person));

    /// <summary>For the head's part of a transaction. Empty rather than absent: a merge can't take a property away.</summary>
    public void Put(IDictionary<string, object?> headValues) => headValues[Property] = string.Join(' ', _ids.Select(id => id.Value));

    /// <summary>The entry as readers see it.</summary>
    public Entry Show(Entry entry) => Has(entry.UserId) ? entry with { User = DeletedUser.Name } : entry;
}
