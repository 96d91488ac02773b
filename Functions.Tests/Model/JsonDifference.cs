using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <summary>
/// Compares answers with what the model says, to the last property. The model knows no clock: it writes a time as a name (<see cref="Time"/>). Whatever the API first says for that
/// name, it has to say everywhere and for ever.
/// </summary>
internal sealed class JsonDifference
{
    private const string Prefix = "\u0001time of "; // No text that is sent can begin so.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, string> _times = new(StringComparer.Ordinal);

    public static JsonValue Time(string name) => JsonValue.Create(Prefix + name);

    public static string ToText(JsonNode? json) => json?.ToJsonString(Readable) ?? "";

    /// <summary>Null when the API said what the model says; otherwise where they part.</summary>
    public string? Find(JsonNode? expected, JsonElement actual, string path = "$")
    {
        switch (expected)
        {
            case JsonObject properties:
                return FindInObject(properties, actual, path);
            case JsonArray items:
                return FindInArray(items, actual, path);
            case JsonValue value when value.TryGetValue(out string? name) && name.StartsWith(Prefix, StringComparison.Ordinal):
                return actual.ValueKind is not JsonValueKind.String ? $"{path}: {actual} is no time" : FindInTime(name, actual.GetString()!, path);
            default:
                string said = actual.ValueKind is JsonValueKind.Null ? "null" : ToText(JsonValue.Create(actual));
                string meant = expected is null ? "null" : ToText(expected);
                return string.Equals(said, meant, StringComparison.Ordinal) ? null : $"{path}: it is {said} and has to be {meant}";
        }
    }

    private string? FindInObject(JsonObject expected, JsonElement actual, string path)
    {
        if (actual.ValueKind is not JsonValueKind.Object)
        {
            return $"{path}: {actual} is no object";
        }

        string[] said = [.. actual.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)];
        string[] meant = [.. expected.Select(p => p.Key).Order(StringComparer.Ordinal)];
        return said.SequenceEqual(meant, StringComparer.Ordinal)
            ? expected.Select(p => Find(p.Value, actual.GetProperty(p.Key), $"{path}.{p.Key}")).FirstOrDefault(found => found is not null)
            : $"{path}: it has [{string.Join(", ", said)}] and has to have [{string.Join(", ", meant)}]";
    }

    private string? FindInArray(JsonArray expected, JsonElement actual, string path)
    {
        if (actual.ValueKind is not JsonValueKind.Array || actual.GetArrayLength() != expected.Count)
        {
            return $"{path}: it is {actual.GetRawText()} and has to be {ToText(expected)}";
        }

        return expected.Select((item, i) => Find(item, actual[i], $"{path}[{i}]")).FirstOrDefault(found => found is not null);
    }

    private string? FindInTime(string name, string time, string path)
    {
        _times.TryAdd(name, time);
        return string.Equals(_times[name], time, StringComparison.Ordinal) ? null : $"{path}: the {name} was {_times[name]} and is {time}";
    }
}
