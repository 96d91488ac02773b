using System.Globalization;

namespace ServerlessChat.WebPubSub.Wire;

/// <summary>What a connection string says: <c>Endpoint=https://(name).webpubsub.azure.com;AccessKey=…;Version=1.0;</c>, <c>Port</c> optional.</summary>
/// <param name="Endpoint">Scheme, host and port.</param>
/// <seealso href="https://learn.microsoft.com/azure/azure-web-pubsub/howto-websocket-connect">Connection strings</seealso>
public sealed record ServiceAddress(Uri Endpoint, string AccessKey)
{
    private static readonly string[] KnownNames = ["Endpoint", "AccessKey", "Port", "Version"];

    /// <exception cref="FormatException">A part is missing, malformed or there twice. The message names the part and holds no value of any.</exception>
    public static ServiceAddress Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        Dictionary<string, string> parts = Split(connectionString);
        if (!Uri.TryCreate(Require(parts, "Endpoint"), UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            throw new FormatException("The Web PubSub connection string: Endpoint is no http or https address.");
        }

        return new ServiceAddress(WithPort(endpoint, parts.GetValueOrDefault("Port")), Require(parts, "AccessKey"));
    }

    private static Uri WithPort(Uri endpoint, string? text)
    {
        if (text is null)
        {
            return endpoint;
        }

        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port) && port > 0
            ? new UriBuilder(endpoint) { Port = port }.Uri
            : throw new FormatException("The Web PubSub connection string: Port is a number from 1 to 65535.");
    }

    private static Dictionary<string, string> Split(string connectionString)
    {
        Dictionary<string, string> parts = new(StringComparer.OrdinalIgnoreCase);
        foreach (string part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // The value starts after the first =; keys are padded with more of them.
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                // Not repeated: it may be a key that lost its name.
                throw new FormatException("The Web PubSub connection string has a part without a name. Parts are Name=Value, separated by semicolons.");
            }

            string name = part[..equals].TrimEnd();
            if (!parts.TryAdd(name, part[(equals + 1)..].TrimStart()))
            {
                // Another name is not repeated either: it may be a key, up to the = at its end.
                string shown = KnownNames.Contains(name, StringComparer.OrdinalIgnoreCase) ? name : "a part";
                throw new FormatException($"The Web PubSub connection string has {shown} twice.");
            }
        }

        return parts;
    }

    private static string Require(Dictionary<string, string> parts, string name) =>
        parts.TryGetValue(name, out string? value) && value.Length > 0
            ? value
            : throw new FormatException($"The Web PubSub connection string has no {name}.");
}
