using Azure;

namespace ServerlessChat.Tables.Wire;

/// <param name="Response">Read to its end.</param>
/// <param name="WasRetried">An earlier attempt may have been carried out already.</param>
internal readonly record struct TableAnswer(Response Response, bool WasRetried)
{
    public bool IsSuccess => Response.Status is >= 200 and < 300;

    public bool Is(int status, string code) =>
        Response.Status == status && string.Equals(TableError.CodeOf(Response), code, StringComparison.Ordinal);

    public Response OrThrow() => IsSuccess ? Response : throw TableError.Read(Response).ToException(WasRetried);
}
