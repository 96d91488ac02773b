using System.Collections.Immutable;
using ServerlessChat.Accounts;
using ServerlessChat.Tables;

namespace ServerlessChat.Messages;

/// <summary>Who of a pair blocks the other: property <c>Blockers</c> of the head, at most two ids with a space between. As long as it holds one, neither writes to the other.</summary>
/// <remarks>
/// It stands in the row that every append is conditional on. So a message is in the log before the block, or it is refused, whichever instance took it.
/// </remarks>
public sealed class Blockers
{
    private const string Property = "Blockers";

    private static readonly Blockers None = new([]);

    private readonly ImmutableArray<AccountId> _ids;

    private Blockers(ImmutableArray<AccountId> ids) => _ids = ids;

    public bool IsEmpty => _ids.IsEmpty;

    public static Blockers Of(AccountId person) => new([person]);

    public static Blockers Read(TableEntity head) => head.GetString(Property) is { Length: > 0 } text
        ? new Blockers([.. text.Split(' ').Select(id => new AccountId(id))])
        : None;

    public bool Has(AccountId person) => _ids.Contains(person);

    public Blockers With(AccountId person) => Has(person) ? this : new Blockers(_ids.Add(person));

    public Blockers Without(AccountId person) => new(_ids.Remove(person));

    /// <summary>What it says in the head. Empty rather than absent: a merge can't take a property away.</summary>
    public IReadOnlyDictionary<string, object?> ToHeadValues() =>
        new Dictionary<string, object?>(StringComparer.Ordinal) { [Property] = string.Join(' ', _ids.Select(id => id.Value)) };
}
