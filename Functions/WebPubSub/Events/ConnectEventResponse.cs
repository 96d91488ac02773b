namespace ServerlessChat.WebPubSub.Events;

/// <summary>Lets a client in.</summary>
/// <param name="UserId">ASCII: it travels as a header.</param>
/// <param name="Groups">That the connection is in from its first moment.</param>
/// <param name="State">Comes back with every later event of the connection: base64 of a JSON object, as the official helpers want it. Under 4 KB.</param>
public sealed record ConnectEventResponse(string UserId, IReadOnlyList<string> Groups, string State) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers["ce-connectionState"] = State;
        return httpContext.Response.WriteAsJsonAsync(new ConnectAnswer(UserId, Groups), EventJson.Default.ConnectAnswer, cancellationToken: httpContext.RequestAborted);
    }
}
