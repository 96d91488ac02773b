using ServerlessChat.Accounts;
using ServerlessChat.Inbox;

namespace ServerlessChat.Exporting;

/// <summary>An export that is ready to be sent: <c>application/x-ndjson</c>, a JSON object a line, the last one <c>end</c> or <c>more</c>.</summary>
/// <param name="Own">What leads to the conversations, as of the beginning.</param>
/// <param name="After">Where an export before this one came to; null for the first.</param>
public sealed record ExportAnswer(Export Export, Caller Caller, AccountProfile Account, Traces Own, ExportCursor? After) : IResult
{
    public const string MediaType = "application/x-ndjson";

    public Task ExecuteAsync(HttpContext httpContext) => Export.SendAsync(this, httpContext);
}
