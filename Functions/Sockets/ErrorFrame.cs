using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.Sockets;

/// <summary>What a sender is told of a frame that can't be accepted.</summary>
/// <param name="ClientId">Of the frame, as far as it can be read; absent otherwise.</param>
public sealed record ErrorFrame(FrameError Error, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientId)
{
    /// <param name="frame">What the client sent.</param>
    internal static byte[] Write(ApiProblem problem, ReadOnlyMemory<byte> frame)
    {
        string detail = problem.Errors is null
            ? problem.Detail
            : string.Join(' ', problem.Errors.Select(field => $"{field.Key}: {string.Join(' ', field.Value)}"));
        var error = new FrameError(problem.Kind.Code, detail, problem.RetryAfter is { } wait ? Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)) : null);
        return JsonSerializer.SerializeToUtf8Bytes(new ErrorFrame(error, ClientIdOf(frame)), ChatJson.Readable.ErrorFrame);
    }

    private static string? ClientIdOf(ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var json = JsonDocument.Parse(frame);
            return json.RootElement.ValueKind is JsonValueKind.Object
                && json.RootElement.TryGetProperty("client_id", out JsonElement id) && id.ValueKind is JsonValueKind.String
                && id.GetString() is { Length: <= MessageRules.MaxClientIdLength } text
                    ? text
                    : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <param name="Code">As over HTTP (docs/errors.md).</param>
/// <param name="Detail">For people.</param>
/// <param name="RetryAfter">Seconds to wait, for <c>too_many_requests</c>; absent otherwise.</param>
public sealed record FrameError(string Code, string Detail, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? RetryAfter);
