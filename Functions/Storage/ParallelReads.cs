namespace ServerlessChat.Storage;

/// <summary>Reads that belong to rows which were read before.</summary>
public static class ParallelReads
{
    /// <summary>Rows of one list that are read at a time.</summary>
    private const int AtATime = 32;

    /// <summary>Reads for each row in parallel, a bounded number at a time; in the rows' order, without those that answer null.</summary>
    public static async Task<IReadOnlyList<T>> AllAsync<TRow, T>(IReadOnlyList<TRow> rows, Func<TRow, Task<T?>> readAsync, CancellationToken cancellationToken)
        where T : class
    {
        var results = new T?[rows.Count];
        var bounded = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, rows.Count, bounded, async (index, _) => results[index] = await readAsync(rows[index]));
        return [.. results.OfType<T>()];
    }
}
