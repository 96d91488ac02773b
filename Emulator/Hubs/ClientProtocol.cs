namespace Emulator.Hubs;

/// <summary>How a connection talks.</summary>
internal enum ClientProtocol
{
    /// <summary>Bare frames.</summary>
    Simple,

    /// <summary><c>json.webpubsub.azure.v1</c>.</summary>
    Json,

    /// <summary><c>json.reliable.webpubsub.azure.v1</c>: sequence ids and recovery.</summary>
    ReliableJson,
}
