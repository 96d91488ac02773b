using System.Text;
using ServerlessChat.Names;

namespace ServerlessChat.Accounts.Passwords;

/// <summary>What a new password must be. The rules are those of Django's four validators, each with its own text.</summary>
internal static class PasswordRules
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    private const string Required = "This field is required.";

    /// <summary>The characters at which a username falls into parts: of an address, the part before the @ counts by itself.</summary>
    private static readonly char[] Separators = ['@', '.', '+', '-', '_'];

    /// <summary>What is wrong with a password that was typed twice, by field; empty when nothing is.</summary>
    /// <param name="password1">As typed; never trimmed.</param>
    /// <param name="password2">The repetition.</param>
    /// <param name="username">Folded (<see cref="Folding"/>); null when the username itself is not acceptable.</param>
    public static Dictionary<string, string[]> Explain(string? password1, string? password2, string? username)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        string[] problems = string.IsNullOrEmpty(password1) ? [Required] : [.. Explain(password1, username)];
        if (problems.Length > 0)
        {
            errors["password1"] = problems;
        }

        if (string.IsNullOrEmpty(password2))
        {
            errors["password2"] = [Required];
        }
        else if (!string.Equals(password1, password2, StringComparison.Ordinal))
        {
            errors["password2"] = ["The two passwords don't match."];
        }

        return errors;
    }

    /// <summary>Whether the text could be anyone's password at all. What can't is never hashed: neither the overlong nor broken UTF-16.</summary>
    public static bool CanBePassword(string text) => text.Length <= 2 * MaxLength && Length(text) <= MaxLength && IsWellFormed(text);

    private static IEnumerable<string> Explain(string password, string? username)
    {
        if (!CanBePassword(password))
        {
            // Nothing else is looked at: the comparisons below are for texts of a reasonable size.
            yield return IsWellFormed(password) ? $"At most {MaxLength} characters." : "The password is not valid Unicode text.";
            yield break;
        }

        if (Length(password) < MinLength)
        {
            yield return $"At least {MinLength} characters.";
        }

        if (username is not null && IsLike(username, Folding.Fold(password)))
        {
            yield return "The password is too similar to the username.";
        }

        if (CommonPasswords.Contains(password))
        {
            yield return "This password is too common.";
        }

        if (password.EnumerateRunes().All(Rune.IsDigit))
        {
            yield return "The password is entirely numeric.";
        }
    }

    private static bool IsLike(string username, string password) =>
        username.Split(Separators).Append(username).Any(part => part.Length > 0 && MakesMostOf(part, password));

    /// <summary>One holds the other and is at most half as long again: <c>sara.ahmadi</c> and <c>sara.ahmadi1</c>.</summary>
    private static bool MakesMostOf(string part, string password)
    {
        (string shorter, string longer) = part.Length <= password.Length ? (part, password) : (password, part);
        return longer.Length * 2 <= shorter.Length * 3 && longer.Contains(shorter, StringComparison.Ordinal);
    }

    private static int Length(string text) => text.EnumerateRunes().Count();

    private static bool IsWellFormed(string text)
    {
        for (int i = 0; i < text.Length; i += char.IsSurrogate(text[i]) ? 2 : 1)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])))
            {
                return false;
            }
        }

        return true;
    }
}
