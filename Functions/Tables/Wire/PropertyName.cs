using System.Collections.Concurrent;
using System.Text.Json;

namespace ServerlessChat.Tables.Wire;

/// <summary>A property's name, ready to be written.</summary>
/// <param name="Text">The name.</param>
/// <param name="TypeText">The name of its annotation, <c>X@odata.type</c>.</param>
internal sealed record PropertyName(JsonEncodedText Text, JsonEncodedText TypeText)
{
    private const int MostLength = 255;

    // Names come from the program, not from its users. Should they not, the cache stops growing and nothing else changes.
    private const int MostCached = 1024;

    private static readonly ConcurrentDictionary<string, PropertyName> Cache = new(StringComparer.Ordinal);

    /// <exception cref="TableRequestFailedException">400: not a C# identifier, or too long.</exception>
    public static PropertyName Of(string name)
    {
        if (Cache.TryGetValue(name, out PropertyName? known))
        {
            return known;
        }

        Check(name);
        PropertyName made = new(JsonEncodedText.Encode(name), JsonEncodedText.Encode(name + "@odata.type"));
        if (Cache.Count < MostCached)
        {
            Cache.TryAdd(name, made);
        }

        return made;
    }

    private static void Check(string name)
    {
        if (name.Length > MostLength)
        {
            throw Refusal.BadRequest(
                TableErrorCode.PropertyNameTooLong, $"A property's name has {name.Length} characters; at most {MostLength} are allowed.");
        }

        bool isIdentifier = name.Length > 0 && !char.IsDigit(name[0]) && name.All(static c => c == '_' || char.IsLetterOrDigit(c));
        if (!isIdentifier)
        {
            throw Refusal.BadRequest(
                TableErrorCode.PropertyNameInvalid, "A property's name must be made of letters, digits and _, and not begin with a digit.");
        }
    }
}
