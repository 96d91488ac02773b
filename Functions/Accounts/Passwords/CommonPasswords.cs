using System.Buffers;
using System.Collections.Frozen;
using ServerlessChat.Names;

namespace ServerlessChat.Accounts.Passwords;

/// <summary>Passwords that are guessed first: the embedded list <c>common-passwords.txt</c>, one a line, lower case.</summary>
internal static class CommonPasswords
{
    /// <summary>So many characters after a listed password don't make another one of it: <c>football2026</c>, <c>sunshine!</c>.</summary>
    private const int MaxTail = 4;

    private static readonly SearchValues<char> TailCharacters = SearchValues.Create("0123456789!@#$%&*._-?");
    private static readonly FrozenSet<string> Listed = Load();

    public static bool Contains(string password)
    {
        string folded = Folding.Fold(password);
        return folded.EnumerateRunes().Distinct().Count() == 1 || Enumerable.Range(0, MaxTail + 1).Any(tail => IsListedWithTail(folded, tail));
    }

    private static bool IsListedWithTail(string folded, int tail) =>
        folded.Length > tail && !folded.AsSpan(folded.Length - tail).ContainsAnyExcept(TailCharacters) && Listed.Contains(folded[..^tail]);

    private static FrozenSet<string> Load()
    {
        using Stream list = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(list);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
