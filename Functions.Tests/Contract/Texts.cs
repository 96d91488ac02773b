using System.Text;

namespace ServerlessChat.Tests.Contract;

/// <summary>Texts that software without care for them breaks.</summary>
public static class Texts
{
    public const string Persian = "\u0633\u0644\u0627\u0645 \u062F\u0646\u06CC\u0627";

    /// <summary>With zero-width non-joiner: "we go home" in Persian.</summary>
    public const string WithJoiner = "\u0645\u06CC\u200C\u0631\u0648\u06CC\u0645 \u062E\u0627\u0646\u0647\u200C\u0645\u0627\u0646";

    /// <summary>Persian and English in one line, with marks of direction.</summary>
    public const string Bidirectional = "\u200F\u06A9\u062A\u0627\u0628 \u202A(C# 14)\u202C \u2066v1.2\u2069 \u06F1\u06F2\u06F3\u200E!";

    /// <summary>A body that escapes nothing but what it must: the shortest JSON of a text.</summary>
    public static string JsonOf(string message)
    {
        StringBuilder json = new("{\"message\":\"");
        foreach (char character in message)
        {
            _ = character switch
            {
                '"' or '\\' => json.Append('\\').Append(character),
                < ' ' => json.Append("\\u").Append(((int)character).ToString("X4")),
                _ => json.Append(character),
            };
        }

        return json.Append("\"}").ToString();
    }

    public static TheoryData<string> Messages() =>
    [
        "Hello, world",
        Persian,
        WithJoiner,
        Bidirectional,
        "\U0001F468\u200D\U0001F469\u200D\U0001F467 \U0001F1EE\U0001F1F7 \u2764\uFE0F",
        "<script>alert('x')</script> & \"quotes\" \\ / {{x}} ${y} %20 +1 =2;",
        "line one\nline two\r\n\tindented",
        "e\u0301 is not \u00E9; \uFEFF stays inside, \uFFFD too",
        "\u064A\u0643\u0649 \u0669",
        new string('x', 16_000),
        string.Concat(Enumerable.Repeat("\U0001F600", 8_000)),
        new string('\u06CC', 16_000),
    ];
}
