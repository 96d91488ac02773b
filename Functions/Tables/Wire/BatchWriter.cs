using System.Text;
using Azure;

namespace ServerlessChat.Tables.Wire;

/// <summary>An entity group transaction as the body of <c>POST /$batch</c>.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions">Entity group transactions</seealso>
internal sealed class BatchWriter(string endpoint, string table)
{
    public const int MostActions = 100;

    // The boundaries may be constants: a part's lines are ours, its keys are percent-escaped, and JSON has no raw line break
    // inside a value, so no data can look like one.
    // The emulator knows a boundary by its prefix, batch_ or changeset_.
    public const string ContentType = "multipart/mixed; boundary=batch_1";

    private const int MostBytes = 4 * 1024 * 1024;

    private readonly byte[] _insert = Encoding.ASCII.GetBytes($"POST {endpoint}/{table} HTTP/1.1\r\nPrefer: return-no-content\r\n");
    private readonly string _address = $" {endpoint}/{table}";

    private static ReadOnlySpan<byte> Start => "--batch_1\r\nContent-Type: multipart/mixed; boundary=changeset_1\r\n\r\n"u8;

    private static ReadOnlySpan<byte> Part => "--changeset_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"u8;

    private static ReadOnlySpan<byte> BodyHeaders =>
        "Content-Type: application/json\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0;\r\n\r\n"u8;

    private static ReadOnlySpan<byte> NoBodyHeaders => "Accept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0;\r\n\r\n"u8;

    private static ReadOnlySpan<byte> End => "--changeset_1--\r\n--batch_1--\r\n"u8;

    /// <exception cref="TableTransactionFailedException">Over a limit; nothing may be sent.</exception>
    public byte[] Write(IReadOnlyList<TableTransactionAction> actions)
    {
        Check(actions);
        Scratch scratch = Scratch.Take();
        scratch.Append(Start);
        for (int i = 0; i < actions.Count; i++)
        {
            try
            {
                Append(scratch, actions[i]);
            }
            catch (TableRequestFailedException refusal)
            {
                throw Refusal.Of(refusal, i);
            }
        }

        scratch.Append(End);
        return scratch.Length <= MostBytes
            ? scratch.ToArray()
            : throw Refusal.Of(Refusal.TooLarge($"The transaction's body has {scratch.Length} bytes; at most {MostBytes} are allowed."), index: null);
    }

    private static void Check(IReadOnlyList<TableTransactionAction> actions)
    {
        if (actions.Count > MostActions)
        {
            string message = $"The transaction has {actions.Count} operations; at most {MostActions} are allowed.";
            throw Refusal.Of(Refusal.BadRequest(TableErrorCode.InvalidInput, message), MostActions);
        }

        HashSet<string> rowKeys = new(actions.Count, StringComparer.Ordinal);
        for (int i = 0; i < actions.Count; i++)
        {
            TableEntity entity = TableClient.Concrete(actions[i].Entity);
            if (!string.Equals(entity.PartitionKey, actions[0].Entity.PartitionKey, StringComparison.Ordinal))
            {
                const string Message = "All operations of a transaction must be in one partition.";
                throw Refusal.Of(Refusal.BadRequest(TableErrorCode.CommandsInBatchActOnDifferentPartitions, Message), i);
            }

            if (entity.RowKey is not null && !rowKeys.Add(entity.RowKey))
            {
                const string Message = "A transaction can have one operation for a row.";
                throw Refusal.Of(Refusal.BadRequest(TableErrorCode.InvalidDuplicateRow, Message), i);
            }
        }
    }

    private void Append(Scratch scratch, TableTransactionAction action)
    {
        TableEntity entity = TableClient.Concrete(action.Entity);
        KeyText.Check(entity.PartitionKey, entity.RowKey);
        scratch.Append(Part);
        if (action.ActionType == TableTransactionActionType.Add)
        {
            scratch.Append(_insert);
        }
        else
        {
            AppendRequestLine(scratch, action, entity);
        }

        if (action.ActionType == TableTransactionActionType.Delete)
        {
            scratch.Append(NoBodyHeaders);
        }
        else
        {
            scratch.Append(BodyHeaders);
            scratch.Append(entity);
        }

        scratch.Append("\r\n"u8);
    }

    private static string Version(ETag etag)
    {
        string text = etag == default ? "*" : etag.ToString();

        // It stands on a line of its own in the body, where a line break would begin another header.
        return text.Any(char.IsControl) ? throw new ArgumentException("An ETag can't hold control characters.", nameof(etag)) : text;
    }

    private void AppendRequestLine(Scratch scratch, TableTransactionAction action, TableEntity entity)
    {
        scratch.Append(action.ActionType switch
        {
            TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpsertMerge => "PATCH"u8,
            TableTransactionActionType.Delete => "DELETE"u8,
            _ => "PUT"u8,
        });
        scratch.Append(_address);
        scratch.Append(KeyText.Address(entity.PartitionKey, entity.RowKey));
        scratch.Append(" HTTP/1.1\r\n"u8);
        if (action.ActionType is not (TableTransactionActionType.UpsertMerge or TableTransactionActionType.UpsertReplace))
        {
            scratch.Append("If-Match: "u8);
            scratch.Append(Version(action.ETag));
            scratch.Append("\r\n"u8);
        }
    }
}
