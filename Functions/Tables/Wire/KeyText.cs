namespace ServerlessChat.Tables.Wire;

/// <summary>The two keys of a row: which are allowed, and how they are written into a URL.</summary>
internal static class KeyText
{
    // 1 KiB of UTF-16.
    private const int MostLength = 512;

    /// <exception cref="TableRequestFailedException">400, as the service answers. The emulator answers some of these with 500, or carries them out.</exception>
    public static void Check(string? partitionKey, string? rowKey)
    {
        CheckKey(TableEntity.PartitionKeyName, partitionKey);
        CheckKey(TableEntity.RowKeyName, rowKey);
    }

    /// <summary>The part of the path that names a row: <c>(PartitionKey='…',RowKey='…')</c>.</summary>
    public static string Address(string partitionKey, string rowKey) => $"(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    private static void CheckKey(string name, string? key)
    {
        if (key is null)
        {
            throw Refusal.BadRequest(TableErrorCode.PropertiesNeedValue, $"{name} has no value.");
        }

        if (key.Length > MostLength)
        {
            throw Refusal.BadRequest(TableErrorCode.KeyValueTooLarge, $"{name} has {key.Length} UTF-16 units; at most {MostLength} are allowed.");
        }

        int forbidden = IndexOfForbidden(key);
        if (forbidden >= 0)
        {
            throw Refusal.BadRequest(TableErrorCode.OutOfRangeInput, $"{name} holds U+{(int)key[forbidden]:X4} at {forbidden}, which is not allowed.");
        }
    }

    private static int IndexOfForbidden(string key)
    {
        for (int i = 0; i < key.Length; i++)
        {
            char c = key[i];
            if (char.IsAsciiLetterOrDigit(c))
            {
                continue;
            }

            if (c is '/' or '\\' or '#' or '?' || char.IsControl(c))
            {
                return i;
            }

            // Half a pair would be replaced on the way, and two keys become one.
            if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < key.Length && char.IsLowSurrogate(key[++i])))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
