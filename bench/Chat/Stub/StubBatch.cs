using System.Globalization;
using System.Text;

namespace ServerlessChat.Bench.Stub;

/// <summary>Entity group transactions: <c>POST /$batch</c>.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions">Entity group transactions</seealso>
internal static class StubBatch
{
    private const string Start = "--batchresponse_1\r\nContent-Type: multipart/mixed; boundary=changesetresponse_1\r\n\r\n";
    private const string Part = "--changesetresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP/1.1 ";
    private const string End = "--changesetresponse_1--\r\n--batchresponse_1--\r\n";

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    public const string ContentType = "multipart/mixed; boundary=batchresponse_1";

    /// <summary>The operations of a request's body, in order, and the table that they name.</summary>
    public static List<StubOperation> Read(ReadOnlySpan<byte> body, out string table)
    {
        table = "";
        var operations = new List<StubOperation>();
        while (!body.IsEmpty)
        {
            ReadOnlySpan<byte> line = Line(ref body);
            if (line.EndsWith(" HTTP/1.1"u8))
            {
                string[] request = Encoding.UTF8.GetString(line).Split(' ');
                var target = StubTarget.Parse(new Uri(request[1]).AbsolutePath);
                table = target.Table;
                operations.Add(ReadOperation(request[0], target, ref body));
            }
        }

        return operations;
    }

    public static string Succeeded(List<string?> etags)
    {
        var text = new StringBuilder(Start, 256 * (etags.Count + 1));
        foreach (string? etag in etags)
        {
            text.Append(Part).Append("204 No Content\r\nDataServiceVersion: 3.0;\r\n");
            if (etag is not null)
            {
                text.Append("ETag: ").Append(etag).Append("\r\n");
            }

            text.Append("\r\n\r\n");
        }

        return text.Append(End).ToString();
    }

    /// <summary>One part alone, whose message begins with the operation's index.</summary>
    public static string Failed(int index, StubError error) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Start}{Part}{error.Status} Refused\r\nContent-Type: application/json\r\n\r\n{StubProtocol.Json(error with { Message = $"{index}:{error.Message}" })}\r\n{End}");

    private static StubOperation ReadOperation(string method, StubTarget target, ref ReadOnlySpan<byte> body)
    {
        string? ifMatch = null;
        for (ReadOnlySpan<byte> header = Line(ref body); !header.IsEmpty; header = Line(ref body))
        {
            if (header.StartsWith("If-Match: "u8))
            {
                ifMatch = Encoding.ASCII.GetString(header["If-Match: "u8.Length..]);
            }
        }

        StubRow keys = new(target.PartitionKey ?? "", target.RowKey ?? "", "", []);
        StubAction action = StubProtocol.ActionOf(method);
        return new StubOperation(action, action == StubAction.Delete ? keys : StubRow.Read(Line(ref body)), ifMatch);
    }

    /// <summary>The next line, without its end. JSON has no raw line break, so a row is one.</summary>
    private static ReadOnlySpan<byte> Line(ref ReadOnlySpan<byte> body)
    {
        int end = body.IndexOf(LineEnd);
        ReadOnlySpan<byte> line = end < 0 ? body : body[..end];
        body = end < 0 ? default : body[(end + LineEnd.Length)..];
        return line;
    }
}
