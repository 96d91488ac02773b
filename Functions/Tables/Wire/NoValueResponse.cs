using Azure;

namespace ServerlessChat.Tables.Wire;

/// <summary>The answer to a read that found no row.</summary>
internal sealed class NoValueResponse<T>(Response response) : NullableResponse<T>
{
    public override bool HasValue => false;

    public override T Value => throw new InvalidOperationException("The row doesn't exist.");

    public override Response GetRawResponse() => response;
}
