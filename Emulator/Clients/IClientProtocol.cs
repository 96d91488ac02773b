using Emulator.Clients.WebSockets;

namespace Emulator.Clients;

/// <summary>What a connection's messages mean.</summary>
internal interface IClientProtocol
{
    /// <summary>Works off one message. The next one comes only when this has completed; failures close the connection and don't throw.</summary>
    /// <param name="message">Text is valid UTF-8. The payload is valid until the first await.</param>
    ValueTask HandleAsync(ReceivedMessage message);
}
