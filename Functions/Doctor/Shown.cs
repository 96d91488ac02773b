namespace ServerlessChat.Doctor;

/// <summary>Makes what others sent fit to be printed: one line, short, and nothing that could hold a secret.</summary>
internal static class Shown
{
    private const int MaxLength = 120;

    /// <summary>Without control characters, cut when long.</summary>
    public static string Text(string? text)
    {
        string line = string.Concat((text ?? "").Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return line.Length <= MaxLength ? line : line[..MaxLength] + "…";
    }

    /// <summary>Without user, query and fragment: sign-in pages carry tokens there.</summary>
    public static string Address(Uri address) =>
        Text(address.IsAbsoluteUri
            ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : address.OriginalString.Split('?', '#')[0]);

    public static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:F0} ms";
}
