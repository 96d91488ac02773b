using System.Text.Json.Serialization;

namespace ServerlessChat.Hosting;

/// <summary>The answer to the Functions host's timer.</summary>
/// <param name="Logs">Become traces of this invocation.</param>
/// <remarks>The host waits for a JSON object and hangs on an empty body; see "Custom handlers" in the documentation of Azure Functions.</remarks>
public sealed record TimerResult(params string[] Logs) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => httpContext.Response.WriteAsJsonAsync(
        new TimerResponse([], Logs, ReturnValue: null), TimerJson.Default.TimerResponse, cancellationToken: httpContext.RequestAborted);
}

internal sealed record TimerResponse(Dictionary<string, string> Outputs, string[] Logs, string? ReturnValue);

/// <summary>The host's shapes, PascalCase.</summary>
[JsonSerializable(typeof(TimerResponse))]
internal sealed partial class TimerJson : JsonSerializerContext;
