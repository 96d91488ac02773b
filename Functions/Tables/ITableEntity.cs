using Azure;

namespace ServerlessChat.Tables;

/// <summary>What every row has. The client reads and writes <see cref="TableEntity"/> only: it maps no properties by reflection.</summary>
public interface ITableEntity
{
    string PartitionKey { get; set; }

    string RowKey { get; set; }

    /// <summary>When the service last wrote the row. Null before it was read; ignored when written.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The row's version as it was read. Never sent by itself: conditions are given to each operation.</summary>
    ETag ETag { get; set; }
}
