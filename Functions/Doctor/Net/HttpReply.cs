using System.Net;
using System.Text.Json;

namespace ServerlessChat.Doctor.Net;

/// <summary>An answer, read to its end.</summary>
/// <param name="Json">Undefined when the body is no JSON object.</param>
/// <param name="Took">Until the whole answer was there.</param>
internal sealed record HttpReply(int Status, ILookup<string, string> Headers, JsonElement Json, DateTimeOffset? Date, Uri? Location, TimeSpan Took)
{
    /// <summary>A problem's <c>code</c>, which only this app sends; null when the answer is none.</summary>
    public string? Code => Text("type")?.StartsWith("urn:serverlesschat:error:", StringComparison.Ordinal) == true ? Text("code") : null;

    /// <summary>Status and its name: <c>404 NotFound</c>; with the code of a problem, and where a redirect leads.</summary>
    public string Summary =>
        (Enum.IsDefined((HttpStatusCode)Status) ? $"{Status} {(HttpStatusCode)Status}" : $"{Status}")
        + (Code is null ? "" : $" ({Shown.Text(Code)})")
        + (Location is null ? "" : $" to {Shown.Address(Location)}");

    /// <summary>A member of the body that is text; null when there is none.</summary>
    public string? Text(string name) =>
        Json.ValueKind is JsonValueKind.Object && Json.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;
}
