namespace ServerlessChat.Tests.Faults;

/// <summary>What a request is billed as.</summary>
public enum TableRequestKind
{
    /// <summary>One row by both keys.</summary>
    PointRead,
    Query,
    Insert,

    /// <summary>Merge or replace with <c>If-Match</c>.</summary>
    Update,

    /// <summary>Merge or replace without <c>If-Match</c>.</summary>
    Upsert,
    Delete,

    /// <summary>A transaction, whatever its number of rows.</summary>
    Batch,
    CreateTable,
    DeleteTable,
    Other,
}
