using ServerlessChat.Hosting;

namespace ServerlessChat.Messages;

/// <summary>What a message may be.</summary>
public static class MessageRules
{
    /// <summary>UTF-16 characters, after trimming.</summary>
    public const int MaxLength = 16_000;

    private const string NoSuchReply = "This is the id of a message of this conversation.";

    /// <summary>Characters of a <c>client_id</c>.</summary>
    public const int MaxClientIdLength = 64;

    /// <summary>Null when the message can be sent; otherwise a 400 that names the fields.</summary>
    /// <param name="text">The message, trimmed, when the result is null.</param>
    public static ApiProblem? Check(PostMessageRequest request, out string text)
    {
        text = request.Message?.Trim() ?? "";
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (Explain(text) is { } wrong)
        {
            errors["message"] = [wrong];
        }

        if (request.ClientId is { } id && (id.Length is 0 or > MaxClientIdLength || id.Any(char.IsControl)))
        {
            errors["client_id"] = [$"This is 1 to {MaxClientIdLength} characters, without control characters."];
        }

        if (request.ReplyTo < 1)
        {
            errors["reply_to"] = [NoSuchReply];
        }

        return errors.Count > 0 ? ApiProblem.Fields(errors) : null;
    }

    /// <summary>Null when a message can have this text; otherwise a 400 that names the field.</summary>
    /// <param name="text">The text, trimmed, when the result is null.</param>
    public static ApiProblem? CheckEdit(string? message, out string text) => Check(new PostMessageRequest(message, ClientId: null), out text);

    /// <summary>Why a send was not stored: the message that it answers is not in the log.</summary>
    public static ApiProblem ReplyToNothing() => ApiProblem.Field("reply_to", NoSuchReply);

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
