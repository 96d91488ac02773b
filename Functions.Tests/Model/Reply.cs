using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <summary>What the API has to answer.</summary>
/// <param name="Code">Of a problem; null otherwise.</param>
/// <param name="Fields">The fields that a 400 names.</param>
/// <param name="Body">As <see cref="JsonDifference"/> compares it; null: no body, or a problem's.</param>
internal sealed record Reply(int Status, string? Code = null, string[]? Fields = null, JsonNode? Body = null)
{
    public static readonly Reply NoContent = new(204);
    public static readonly Reply NotFound = new(404, "not_found");
    public static readonly Reply Forbidden = new(403, "forbidden");
    public static readonly Reply Blocked = new(403, "blocked");
    public static readonly Reply SlugTaken = new(409, "slug_taken");
    public static readonly Reply OwnerMustHandOver = new(409, "owner_must_hand_over");

    public static Reply Ok(JsonNode body) => new(200, Body: body);

    public static Reply Created(JsonNode body) => new(201, Body: body);

    public static Reply Wrong(params string[] fields) => new(400, "invalid_request", fields);

    public override string ToString() => $"{Status} {Code}{(Fields is null ? "" : $" ({string.Join(", ", Fields)})")}";
}

/// <summary>A request of one of the people.</summary>
/// <param name="Path">Escaped.</param>
internal sealed record Call(int By, HttpMethod Method, string Path, JsonObject? Body = null)
{
    public override string ToString() => $"{By} {Method} {Uri.UnescapeDataString(Path)} {JsonDifference.ToText(Body)}";
}

/// <summary>What a step came to, given all the steps before it.</summary>
/// <param name="Place">What it may have changed; null when there is nothing for anyone to see.</param>
/// <param name="Other">Whom it is about beside its maker; null for nobody.</param>
internal sealed record Taken(Call Call, Reply Reply, ModelConversation? Place, int? Other = null);
