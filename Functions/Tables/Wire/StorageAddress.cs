namespace ServerlessChat.Tables.Wire;

/// <summary>What a connection string says: where the account's tables are, and its key.</summary>
/// <param name="Endpoint">Without a slash at the end.</param>
/// <seealso href="https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string">Connection strings</seealso>
internal sealed record StorageAddress(Uri Endpoint, TableSharedKeyCredential Credential)
{
    // The emulators' one account and its key are public and the same everywhere; they protect nothing.
    private const string EmulatorAccount = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="FormatException">A part is missing or malformed. The message names the part and holds no value of any.</exception>
    public static StorageAddress Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        Dictionary<string, string> parts = Split(connectionString);
        if (parts.TryGetValue("UseDevelopmentStorage", out string? emulator))
        {
            return string.Equals(emulator, "true", StringComparison.OrdinalIgnoreCase)
                ? new StorageAddress(new Uri($"http://127.0.0.1:10002/{EmulatorAccount}"), new TableSharedKeyCredential(EmulatorAccount, EmulatorKey))
                : throw new FormatException("The storage connection string: UseDevelopmentStorage can only be true.");
        }

        if (parts.ContainsKey("SharedAccessSignature"))
        {
            throw new FormatException(
                "The storage connection string has a SharedAccessSignature, which is not supported: give AccountKey, or use an identity.");
        }

        string account = Require(parts, "AccountName");
        string key = Require(parts, "AccountKey");
        return new StorageAddress(FindEndpoint(parts, account), new TableSharedKeyCredential(account, key));
    }

    private static Uri FindEndpoint(Dictionary<string, string> parts, string account)
    {
        string protocol = parts.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        string suffix = parts.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        bool isExplicit = parts.TryGetValue("TableEndpoint", out string? text);
        if (!Uri.TryCreate(isExplicit ? text : $"{protocol}://{account}.table.{suffix}", UriKind.Absolute, out Uri? endpoint)
            || !(string.Equals(endpoint.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal)
                || string.Equals(endpoint.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal)))
        {
            string part = isExplicit ? "TableEndpoint" : "DefaultEndpointsProtocol, AccountName or EndpointSuffix";
            throw new FormatException($"The storage connection string: {part} doesn't make a http or https address.");
        }

        return endpoint;
    }

    private static Dictionary<string, string> Split(string connectionString)
    {
        Dictionary<string, string> parts = new(StringComparer.OrdinalIgnoreCase);
        foreach (string part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                // Not repeated: it may be a key that lost its name.
                throw new FormatException("The storage connection string has a part without a name. Parts are Name=Value, separated by semicolons.");
            }

            parts[part[..equals].TrimEnd()] = part[(equals + 1)..].TrimStart();
        }

        return parts;
    }

    private static string Require(Dictionary<string, string> parts, string name) =>
        parts.TryGetValue(name, out string? value) && value.Length > 0
            ? value
            : throw new FormatException($"The storage connection string has no {name}.");
}
