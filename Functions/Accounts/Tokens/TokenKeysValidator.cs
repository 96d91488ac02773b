using System.Buffers;
using Microsoft.Extensions.Options;

namespace ServerlessChat.Accounts.Tokens;

/// <summary>A missing, short or broken key stops the start. The messages name the environment variable to set, never what it holds.</summary>
internal sealed class TokenKeysValidator : IValidateOptions<TokenOptions>
{
    /// <summary>HMAC-SHA256 wants a key of at least its output's size (RFC 7518, section 3.2).</summary>
    public const int MinSecretBytes = 32;

    private const int MaxIdLength = 64;
    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public ValidateOptionsResult Validate(string? name, TokenOptions options)
    {
        if (options.Keys.Count == 0)
        {
            return ValidateOptionsResult.Fail(
                $"{Setting(0, nameof(TokenKeyOptions.Secret))} is missing: set it to the base64 of at least {MinSecretBytes} random bytes, and "
                + $"{Setting(0, nameof(TokenKeyOptions.Id))} to a short name for the key.");
        }

        List<string> problems = [.. options.Keys.SelectMany((key, index) => Problems(key, index))];
        problems.AddRange(options.Keys
            .Select((key, index) => (key.Id, index))
            .GroupBy(key => key.Id, key => key.index, StringComparer.Ordinal)
            .SelectMany(same => same.Skip(1))
            .Select(index => $"{Setting(index, nameof(TokenKeyOptions.Id))} is the id of another key too."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>The bytes of a secret; null when it is not base64 or too short.</summary>
    public static byte[]? Decode(string secret)
    {
        var bytes = new byte[secret.Length];
        return Convert.TryFromBase64String(secret, bytes, out int length) && length >= MinSecretBytes ? bytes[..length] : null;
    }

    private static IEnumerable<string> Problems(TokenKeyOptions key, int index)
    {
        if (key.Id.Length is 0 or > MaxIdLength || key.Id.AsSpan().ContainsAnyExcept(IdCharacters))
        {
            yield return $"{Setting(index, nameof(TokenKeyOptions.Id))} must be 1 to {MaxIdLength} letters, digits, dots, dashes or underscores.";
        }

        if (Decode(key.Secret) is null)
        {
            yield return $"{Setting(index, nameof(TokenKeyOptions.Secret))} must be the base64 of at least {MinSecretBytes} bytes.";
        }
    }

    private static string Setting(int index, string name) => $"{TokenOptions.Section}__{nameof(TokenOptions.Keys)}__{index}__{name}";
}
