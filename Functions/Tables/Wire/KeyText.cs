using System.Buffers;

namespace ServerlessChat.Tables.Wire;

/// <summary>The two keys of a row: which are allowed, and how they are written into a URL.</summary>
internal static class KeyText
{
    // 1 KiB of UTF-16.
    private const int MostLength = 512;

    // Slashes, # and ?, and both blocks of control characters.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. "/\\#?", .. Enumerable.Range(0, 0x20).Select(static c => (char)c), .. Enumerable.Range(0x7F, 0x21).Select(static c => (char)c)]);

    /// <exception cref="TableRequestFailedException">400, as the service answers. The emulator answers some of them with 500.</exception>
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
            throw Refusal.BadRequest(
                TableErrorCode.OutOfRangeInput, $"{name} holds U+{(int)key[forbidden]:X4} at {forbidden}, which is not allowed.");
        }
    }

    private static int IndexOfForbidden(string key)
    {
        int forbidden = key.AsSpan().IndexOfAny(Forbidden);
        return forbidden >= 0 ? forbidden : Surrogates.IndexOfLone(key);
    }

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
