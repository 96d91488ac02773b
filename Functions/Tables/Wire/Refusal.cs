namespace ServerlessChat.Tables.Wire;

/// <summary>What the service would answer with 400 or 413, found out before anything is sent.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model">Limits of the data model</seealso>
internal static class Refusal
{
    public static TableRequestFailedException BadRequest(string code, string message) => Create(400, code, message);

    public static TableRequestFailedException TooLarge(string message) => Create(413, TableErrorCode.RequestBodyTooLarge, message);

    public static TableTransactionFailedException Of(TableRequestFailedException refusal, int? index) => new(refusal, index);

    private static TableRequestFailedException Create(int status, string code, string message) =>
        new(status, $"Refused before sending, {status} {code}: {message}", code, innerException: null);
}
