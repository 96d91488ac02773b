using System.Text;

namespace ServerlessChat.Tests.Faults;

/// <summary>One request on the wire. A retry is a request of its own.</summary>
/// <param name="Number">From 1, in the order of arrival since the proxy started.</param>
/// <param name="Path">With the query, without the account.</param>
/// <param name="Table">In lower case.</param>
public sealed record TableRequest(int Number, string Method, string Path, string Table, TableRequestKind Kind, byte[] Body)
{
    /// <summary>What the client was answered; 0 while under way and when the connection was cut.</summary>
    public int Status { get; internal set; }

    /// <summary>What was done to it.</summary>
    public FaultAction Fault { get; internal set; }

    /// <summary>The body as text; a transaction's holds the lines of all its operations.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    public bool IsWrite => Kind is not (TableRequestKind.PointRead or TableRequestKind.Query or TableRequestKind.CreateTable or TableRequestKind.Other);

    internal static TableRequest Parse(int number, string method, string path, bool hasCondition, byte[] body)
    {
        string table = path.Trim('/');
        int end = table.AsSpan().IndexOfAny('(', '?');
        bool isRow = table.Contains("PartitionKey=", StringComparison.Ordinal) && end >= 0 && table[end] == '(';
        table = end < 0 ? table : table[..end];
        if (table.Equals("$batch", StringComparison.Ordinal))
        {
            return new TableRequest(number, method, path, BatchTable(body), TableRequestKind.Batch, body);
        }

        if (table.Equals("Tables", StringComparison.Ordinal))
        {
            return TableItself(number, method, path, body);
        }

        TableRequestKind kind = method switch
        {
            "GET" => isRow ? TableRequestKind.PointRead : TableRequestKind.Query,
            "POST" => TableRequestKind.Insert,
            "PUT" or "PATCH" or "MERGE" => hasCondition ? TableRequestKind.Update : TableRequestKind.Upsert,
            "DELETE" => TableRequestKind.Delete,
            _ => TableRequestKind.Other,
        };
        return new TableRequest(number, method, path, table.ToLowerInvariant(), kind, body);
    }

    private static TableRequest TableItself(int number, string method, string path, byte[] body)
    {
        (TableRequestKind kind, string name) = method switch
        {
            "POST" => (TableRequestKind.CreateTable, Quoted(Encoding.UTF8.GetString(body), '"', 3)),
            "DELETE" => (TableRequestKind.DeleteTable, Quoted(path, '\'', 1)),
            _ => (TableRequestKind.Other, ""),
        };
        return new TableRequest(number, method, path, name.ToLowerInvariant(), kind, body);
    }

    /// <summary>The table of the first operation, from its line <c>POST http://host/account/table HTTP/1.1</c>.</summary>
    private static string BatchTable(byte[] body)
    {
        string text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 4096)));
        int start = text.IndexOf(" http", StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.AsSpan(start + 1).IndexOfAny(' ', '(');
        return end < 0 ? "" : text[(start + 1)..(start + 1 + end)].Split('/')[^1].ToLowerInvariant();
    }

    private static string Quoted(string text, char quote, int index) => text.Split(quote).ElementAtOrDefault(index) ?? "";
}
