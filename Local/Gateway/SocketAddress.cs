namespace ServerlessChat.Local.Gateway;

/// <summary>From a socket's address in the API document to the client address of its hub.</summary>
internal static class SocketAddress
{
    private const string Channel = "channel";

    private static readonly string[] Hubs = ["chat", "private_chat", "notifications"];

    /// <summary>
    /// <c>/ws/(hub)/(name)/?a=b</c> becomes <c>/client/hubs/(hub)?channel=(name)&amp;a=b</c>. A <c>channel</c> that the client wrote itself is left out: exactly one arrives.
    /// </summary>
    /// <param name="target">Path and query as they came.</param>
    /// <returns>Null: no address of a socket.</returns>
    public static string? Rewrite(string target)
    {
        int end = target.IndexOf('?', StringComparison.Ordinal);
        string path = end < 0 ? target : target[..end];
        string[] segments = path.TrimEnd('/').Split('/');
        if (segments is not ["", "ws", var hub, { Length: > 0 } name] || !Hubs.Contains(hub, StringComparer.Ordinal))
        {
            return null;
        }

        // A path leaves characters as they are that mean something in a query: the plus, the ampersand.
        string query = $"?{Channel}={Uri.EscapeDataString(Uri.UnescapeDataString(name))}";
        IEnumerable<string> rest = end < 0 ? [] : target[(end + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries);
        return $"/client/hubs/{hub}" + rest.Where(parameter => !IsChannel(parameter)).Aggregate(query, (whole, parameter) => $"{whole}&{parameter}");
    }

    private static bool IsChannel(string parameter) =>
        string.Equals(Uri.UnescapeDataString(parameter.Split('=', 2)[0]), Channel, StringComparison.OrdinalIgnoreCase);
}
