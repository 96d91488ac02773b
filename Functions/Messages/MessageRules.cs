using ServerlessChat.Hosting;

namespace ServerlessChat.Messages;

/// <summary>What a message may be.</summary>
public static class MessageRules
{
    /// <summary>UTF-16 characters, after trimming.</summary>
    public const int MaxLength = 16_000;

    /// <summary>Characters of a <c>client_id</c>.</summary>
    public const int MaxClientIdLength = 64;

    /// <summary>Null when the message can be sent; otherwise a 400 that names the fields.</summary>
    /// <param name="text">The message, trimmed, when the result is null.</param>
    public static ApiProblem? Check(string? message, string? clientId, out string text)
    {
        text = message?.Trim() ?? "";
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (Explain(text) is { } wrong)
        {
            errors["message"] = [wrong];
        }

        if (clientId is not null && (clientId.Length is 0 or > MaxClientIdLength || clientId.Any(char.IsControl)))
        {
            errors["client_id"] = [$"This is 1 to {MaxClientIdLength} characters, without control characters."];
        }

        return errors.Count > 0 ? ApiProblem.Fields(errors) : null;
    }

    private static string? Explain(string text) => text switch
    {
        "" => "This field is required.",
        { Length: > MaxLength } => $"A message has at most {MaxLength} characters; this one has {text.Length}.",
        _ when text.Any(IsUnprintable) => "Control characters other than line breaks and tabs can't be sent.",
        _ => null,
    };

    /// <summary>C0 controls: they are no text, and XML-based tools that read the storage fail on them.</summary>
    private static bool IsUnprintable(char character) => character < ' ' && character is not ('\n' or '\r' or '\t');
}
