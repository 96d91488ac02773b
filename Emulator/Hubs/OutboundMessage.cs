using Emulator.Clients;
using Emulator.Clients.WebSockets;

namespace Emulator.Hubs;

/// <summary>One message to any number of receivers. Each form it has on the wire is made once, when the first receiver needs it.</summary>
internal sealed class OutboundMessage(Payload payload)
{
    private byte[]? _simpleFrame;
    private byte[]? _jsonFrame;
    private byte[]? _jsonText;

    public Payload Payload { get; } = payload;

    /// <summary>The group it was published to; null: it comes from the server.</summary>
    public string? Group { get; init; }

    /// <summary>The publishing client's user; null for REST sends and anonymous publishers.</summary>
    public string? FromUserId { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Timestamp of the clock after which it is not delivered any more; 0: never.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>The bare payload as a frame, for clients without a PubSub subprotocol.</summary>
    public OutboundFrame SimpleFrame =>
        new(_simpleFrame ??= FrameWriter.Encode(Payload.IsText ? OpCode.Text : OpCode.Binary, Payload.Data.Span));

    /// <summary>For <c>json.webpubsub.azure.v1</c>.</summary>
    public OutboundFrame JsonFrame => new(_jsonFrame ??= FrameWriter.Encode(OpCode.Text, JsonWriter.Message(this).Span));

    /// <summary>For <c>json.reliable.webpubsub.azure.v1</c>.</summary>
    public OutboundFrame ReliableJsonFrame(ulong sequenceId)
    {
        _jsonText ??= JsonWriter.Message(this)[..^1].ToArray();
        return new(_jsonText, sequenceId);
    }
}
