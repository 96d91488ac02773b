namespace Emulator;

/// <summary>Where the emulator is reached; known once it listens.</summary>
internal sealed class EmulatorAddress
{
    private Uri? _endpoint;

    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    public string Endpoint => $"{Uri.Scheme}://{Authority}";

    public string Authority => Uri.Authority;

    /// <summary>Without the port: what <c>WebHook-Request-Origin</c> holds, since .NET helpers compare it with a bare host.</summary>
    public string Host => Uri.Host;

    private Uri Uri => _endpoint ?? throw new InvalidOperationException("The emulator does not listen yet.");

    public void Set(string endpoint) => _endpoint = new(endpoint, UriKind.Absolute);
}
