using System.Globalization;

namespace ServerlessChat.Tests.Model;

/// <summary>What people write, and what of it can't be taken.</summary>
internal static class Words
{
    private const int MaxMessage = 16_000;
    private const int MaxTitle = 100;

    /// <summary>Five people's usernames, before what makes them new in each run of steps.</summary>
    public static readonly string[] Names = ["کیان", "Zoë", "ali.reza", "سارا", "mina+2@x"];

    public static readonly string[] Slugs = ["باغ‌کیک", "Team_7"];

    public static readonly string[] Titles = ["باغ", "Team seven", "  گروه من  ", "zoo", "آرش", "تیم C# 14"];

    public static readonly string[] Messages =
    [
        "سلام", "hello", "  نیم‌فاصله و می‌روم  ", "I'd say <b>no</b> & \"yes\"", "\u200Fکتاب (C#) ۱۲۳\u200E", "خط یک\nخط دو", "👨‍👩‍👧 🇮🇷", "@کیان bye", new('ب', 350),
        new string('x', 299) + "😀" + "y", "😀",
    ];

    public static readonly string[] NoMessages = ["", "  \n ", "a\0b", new('x', MaxMessage + 1)];

    public static readonly string[] Emojis = ["👍", "\u2764\uFE0F", "\u2764", "🌹"];

    public static readonly string[] NoEmojis = ["a", "👍👍", "1"];

    public static bool AreNoMessage(string text) => text.Trim().Length is 0 or > MaxMessage || text.Contains('\0', StringComparison.Ordinal);

    public static bool AreNoEmoji(string text) => NoEmojis.Contains(text, StringComparer.Ordinal);

    /// <summary>The fields of a group that a 400 has to name.</summary>
    public static string[] AreWrong(string title, string type) =>
    [
        .. title.Trim().Length is 0 or > MaxTitle ? ["group_name"] : Array.Empty<string>(),
        .. type is not ("public" or "private") ? ["type"] : Array.Empty<string>(),
    ];

    public static bool IsNumber(string id) => id.All(char.IsAsciiDigit) && long.TryParse(id, CultureInfo.InvariantCulture, out long number) && number > 0;

    public static string MemberPath(ModelChat chat, int? person) => $"/members/{Uri.EscapeDataString(person is { } found ? chat.Names[found] : "nobody-" + chat.Names[0])}";
}
