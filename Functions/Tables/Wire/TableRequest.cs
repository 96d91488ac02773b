using Azure.Core;

namespace ServerlessChat.Tables.Wire;

/// <summary>A request that can be sent more than once.</summary>
/// <param name="Path">Path and query behind the endpoint, escaped, from its first slash.</param>
/// <param name="Table">The table that may have to be created; null when the request is about a table itself.</param>
internal sealed record TableRequest(RequestMethod Method, string Path, string? Table)
{
    public const string Json = "application/json";

    public byte[]? Body { get; init; }

    public string ContentType { get; init; } = Json;

    public string? IfMatch { get; init; }
}
