using Azure;
using ServerlessChat.Accounts;
using ServerlessChat.Messages;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Erasing;

/// <summary>The list of the logs that erased people's names are to be taken out of: one partition of the table <c>sweep</c>.</summary>
/// <remarks>A job is written once its person can write to the log no more, and before the row that led to the log is removed.</remarks>
public sealed class RewritingStore(ChatTables tables)
{
    private const string Person = "Person";
    private const string Partition = "Partition";
    private const string Log = "Log";
    private const string Through = "Through";
    private const string Next = "Next";

    /// <summary>Notes a log; how far it was rewritten already stays. One operation; none for an empty log.</summary>
    public Task AddAsync(AccountId person, ConversationId conversation, long through, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.Rewritings, KeyOf(person, conversation))
        {
            [Person] = person.Value,
            [Partition] = conversation.Partition,
            [Log] = conversation.Log,
            [Through] = through,
        };
        return through == 0 ? Task.CompletedTask : tables.Sweep.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellationToken);
    }

    /// <summary>All jobs, in no order.</summary>
    public async Task<IReadOnlyList<RewritingJob>> ReadAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<RewritingJob>();
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {Keys.Rewritings}");
        await foreach (TableEntity row in tables.Sweep.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            jobs.Add(new RewritingJob(
                new AccountId(row.GetString(Person)!),
                new ConversationId(row.GetString(Partition)!, row.GetString(Log)!),
                row.GetInt64(Through)!.Value,
                row.GetInt64(Next) ?? 1));
        }

        return jobs;
    }

    /// <summary>Notes how far the log was rewritten; another run that has come less far does no harm.</summary>
    public Task SetNextAsync(RewritingJob job, long next, CancellationToken cancellationToken)
    {
        var row = new TableEntity(Keys.Rewritings, KeyOf(job.Person, job.Conversation)) { [Next] = next };
        return ConditionalWrite.TryAsync(() => tables.Sweep.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Merge, cancellationToken));
    }

    public Task RemoveAsync(RewritingJob job, CancellationToken cancellationToken) =>
        tables.Sweep.DeleteEntityAsync(Keys.Rewritings, KeyOf(job.Person, job.Conversation), ETag.All, cancellationToken);

    private static string KeyOf(AccountId person, ConversationId conversation) => Keys.Rewriting(person, conversation.Partition, conversation.Log);
}
