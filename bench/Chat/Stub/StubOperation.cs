namespace ServerlessChat.Bench.Stub;

internal enum StubAction
{
    Insert,
    Merge,
    Replace,
    Delete,
}

/// <param name="Row">Of a delete: its keys alone.</param>
/// <param name="IfMatch">An ETag, <c>*</c>, or null for an upsert. Nothing for an insert.</param>
internal sealed record StubOperation(StubAction Action, StubRow Row, string? IfMatch);

/// <summary>What the service answers when it refuses.</summary>
internal sealed record StubError(int Status, string Code, string Message)
{
    public static readonly StubError TableNotFound = new(404, "TableNotFound", "The table specified does not exist.");
    public static readonly StubError TableAlreadyExists = new(409, "TableAlreadyExists", "The table specified already exists.");
    public static readonly StubError ResourceNotFound = new(404, "ResourceNotFound", "The specified resource does not exist.");
    public static readonly StubError EntityAlreadyExists = new(409, "EntityAlreadyExists", "The specified entity already exists.");
    public static readonly StubError InvalidInput = new(400, "InvalidInput", "One of the request inputs is not valid.");

    public static readonly StubError UpdateConditionNotSatisfied =
        new(412, "UpdateConditionNotSatisfied", "The update condition specified in the request was not satisfied.");
}
