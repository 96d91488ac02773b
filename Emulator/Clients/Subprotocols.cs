using Emulator.Hubs;

namespace Emulator.Clients;

/// <summary>The subprotocols that the service knows by name. Names are compared without regard to case.</summary>
internal static class Subprotocols
{
    public const string Json = "json.webpubsub.azure.v1";
    public const string ReliableJson = "json.reliable.webpubsub.azure.v1";

    private static readonly string[] Unsupported = ["protobuf.webpubsub.azure.v1", "protobuf.reliable.webpubsub.azure.v1", "mqtt"];

    public static ClientProtocol ProtocolOf(string? subprotocol) => subprotocol?.ToLowerInvariant() switch
    {
        Json => ClientProtocol.Json,
        ReliableJson => ClientProtocol.ReliableJson,
        _ => ClientProtocol.Simple,
    };

    public static bool IsSupported(string name) => ProtocolOf(name) != ClientProtocol.Simple;

    /// <summary>Whether the service has it and this emulator has not.</summary>
    public static bool IsUnsupported(string name) => Unsupported.Contains(name, StringComparer.OrdinalIgnoreCase);
}
