using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessChat.Accounts;

/// <summary>What may stand in a profile. Texts are trimmed; ZWNJ, marks, emoji and direction marks are kept, control characters refused.</summary>
internal static partial class ProfileRules
{
    public const int MaxDisplayName = 64;
    public const int MaxBio = 500;
    public const int MaxLanguage = 35;

    /// <summary>The profile after the change, or what is wrong with the change, by field.</summary>
    public static (AccountProfile Profile, Dictionary<string, string[]> Errors) Apply(AccountProfile profile, ProfileRequest change)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        string language = Read(change.Language, profile.Language ?? "", "", "language", ExplainLanguage, errors);
        AccountProfile changed = profile with
        {
            DisplayName = Read(change.DisplayName, profile.DisplayName, profile.Username.Text, "display_name", ExplainDisplayName, errors),
            Bio = Read(change.Bio, profile.Bio, "", "bio", ExplainBio, errors),
            Language = language.Length > 0 ? language : null,
        };
        return (changed, errors);
    }

    private static string Read(
        JsonElement field, string present, string byDefault, string name, Func<string, string?> explain, Dictionary<string, string[]> errors)
    {
        switch (field.ValueKind)
        {
            case JsonValueKind.Undefined:
                return present;
            case JsonValueKind.Null:
                return byDefault;
            case JsonValueKind.String when TextOf(field) is { } typed:
                string text = typed.ReplaceLineEndings("\n").Trim();
                if (explain(text) is not { } problem)
                {
                    return text;
                }

                errors[name] = [problem];
                return present;
            default:
                errors[name] = ["This field must be text."];
                return present;
        }
    }

    /// <summary>Null when it is no Unicode text: JSON can escape one half of a surrogate pair.</summary>
    private static string? TextOf(JsonElement field)
    {
        try
        {
            return field.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? ExplainDisplayName(string text) => text switch
    {
        _ when !text.EnumerateRunes().Any(IsVisible) => "This field is required.",
        _ when text.EnumerateRunes().Count() > MaxDisplayName => $"At most {MaxDisplayName} characters.",
        _ when text.Any(char.IsControl) || text.AsSpan().ContainsAny('\u2028', '\u2029') => "Control characters are not accepted.",
        _ => null,
    };

    private static string? ExplainBio(string text) => text switch
    {
        _ when text.EnumerateRunes().Count() > MaxBio => $"At most {MaxBio} characters.",
        _ when text.Any(letter => char.IsControl(letter) && letter != '\n') => "Control characters are not accepted.",
        _ => null,
    };

    private static string? ExplainLanguage(string text) => text switch
    {
        "" => null,
        _ when text.Length > MaxLanguage || !LanguageTag().IsMatch(text) => "This must be a language tag such as fa or pt-BR.",
        _ => null,
    };

    private static bool IsVisible(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune) || Rune.IsNumber(rune)
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherNotAssigned;

    /// <summary>The shape of a BCP 47 tag; whether its parts are registered is not looked up.</summary>
    [GeneratedRegex(@"\A[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LanguageTag();
}
