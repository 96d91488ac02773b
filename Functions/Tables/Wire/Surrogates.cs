namespace ServerlessChat.Tables.Wire;

/// <summary>Half a surrogate pair has no UTF-8. Encoders put U+FFFD in its place without a word, and two texts become one.</summary>
internal static class Surrogates
{
    /// <returns>The first that stands alone; -1 when the text is whole.</returns>
    public static int IndexOfLone(ReadOnlySpan<char> text)
    {
        int i = text.IndexOfAnyInRange('\uD800', '\uDFFF');
        for (; i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return i;
            }

            i++;
        }

        return -1;
    }
}
