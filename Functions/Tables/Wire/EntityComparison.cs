namespace ServerlessChat.Tables.Wire;

/// <summary>Whether a row that is stored is the one that was sent: how a retried write recognises its own first attempt.</summary>
internal static class EntityComparison
{
    /// <param name="isWhole">The row must have nothing else: it was inserted or replaced, not merged.</param>
    public static bool IsStored(TableEntity sent, TableEntity stored, bool isWhole)
    {
        int count = 0;
        foreach ((string name, object? value) in sent)
        {
            if (value is null || TableEntity.IsSystem(name))
            {
                continue;
            }

            count++;
            if (!AreEqual(value, stored[name]))
            {
                return false;
            }
        }

        return !isWhole || count == stored.Count(static p => p.Value is not null && !TableEntity.IsSystem(p.Key));
    }

    private static bool AreEqual(object sent, object? stored) => (sent, stored) switch
    {
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (BinaryData a, byte[] b) => a.ToMemory().Span.SequenceEqual(b),
        (DateTime a, DateTimeOffset b) => TableEntity.ToUtc(a) == b.UtcDateTime,
        _ => sent.Equals(stored),
    };
}
