using ServerlessChat.Tables;

namespace ServerlessChat.Storage;

/// <summary>What a writer is about to do to the truth that a row repeats.</summary>
public enum DoubtCause
{
    /// <summary>Something that is not there yet: once the truth shows it, it has happened, and any reader may settle the row.</summary>
    Addition,

    /// <summary>Something that is there already: the truth that a reader sees may be the old one, so only an old doubt can be settled by it.</summary>
    Change,
}

/// <summary>The mark of a row in one partition that repeats a truth in another, while that is being changed.</summary>
/// <remarks>
/// The order is doubt, truth, settle. Cut off anywhere, the row is in doubt: readers ask the truth, and settle the row when no writer can be
/// behind the doubt any more. Settling is conditional on the row's ETag, so it never settles a later doubt.
/// </remarks>
/// <param name="Since">When it was put in doubt.</param>
/// <param name="Cause">A change outlives an addition: it stays until the row is settled.</param>
public sealed record Doubt(DateTimeOffset Since, DoubtCause Cause)
{
    private const string InDoubt = "InDoubt";
    private const string InChange = "InChange";
    private const string DoubtSince = "DoubtSince";

    /// <summary>Where the mark stands.</summary>
    public static readonly string[] Columns = [InDoubt, InChange, DoubtSince];

    /// <summary>
    /// A doubt this old belongs to no writer. A request ends after 30 s (3 min at most), a write waits for a minute and
    /// is tried for another (<see cref="Messages.PendingWrite.Patience"/>), and what storage is doing then it has done 30 s later; the rest is for clocks that differ.
    /// </summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Marks a row that is to be merged.</summary>
    public static void Put(TableEntity row, DoubtCause cause, DateTimeOffset now)
    {
        row[InDoubt] = true;
        row[DoubtSince] = now;
        if (cause is DoubtCause.Change)
        {
            row[InChange] = true;
        }
    }

    /// <summary>Takes the mark off a row that is to be merged.</summary>
    public static void Settle(TableEntity row) => (row[InDoubt], row[InChange]) = (false, false);

    /// <summary>The row's mark; null when it is settled.</summary>
    public static Doubt? Read(TableEntity row) => row.GetBoolean(InDoubt) == true
        ? new Doubt(row.GetDateTimeOffset(DoubtSince)!.Value, row.GetBoolean(InChange) == true ? DoubtCause.Change : DoubtCause.Addition)
        : null;

    /// <summary>Whether no writer can be behind it: a row that the truth knows nothing of can be removed.</summary>
    public bool IsOld(DateTimeOffset now) => now - Since > Lifetime;

    /// <summary>Whether the truth that a reader sees is the one that the writer meant.</summary>
    public bool MayBeSettled(DateTimeOffset now) => Cause is DoubtCause.Addition || IsOld(now);
}
