namespace ServerlessChat.WebPubSub.Events;

/// <summary>Answers a user event with success, always: on any other status the service drops the client.</summary>
/// <param name="Data">JSON for the sender alone; empty for nothing.</param>
/// <param name="State">The connection's new state; null leaves the one it has.</param>
public sealed record UserEventResponse(ReadOnlyMemory<byte> Data = default, string? State = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        if (State is not null)
        {
            response.Headers["ce-connectionState"] = State;
        }

        if (Data.IsEmpty)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        response.ContentType = "application/json";
        response.ContentLength = Data.Length;
        return response.Body.WriteAsync(Data, httpContext.RequestAborted).AsTask();
    }
}
