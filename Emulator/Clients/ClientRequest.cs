using Emulator.Hubs;

namespace Emulator.Clients;

/// <summary>What a client asks for on the JSON subprotocols, by the <c>type</c> of its frame.</summary>
internal abstract record ClientRequest
{
    /// <summary>Null: the client wants no ack.</summary>
    public ulong? AckId { get; init; }
}

/// <summary><c>joinGroup</c>.</summary>
internal sealed record JoinGroupRequest(string Group) : ClientRequest;

/// <summary><c>leaveGroup</c>.</summary>
internal sealed record LeaveGroupRequest(string Group) : ClientRequest;

/// <summary><c>sendToGroup</c>.</summary>
/// <param name="TtlSeconds">0: it doesn't expire. At most 300.</param>
internal sealed record SendToGroupRequest(
    string Group, Payload Payload, bool NoEcho, int TtlSeconds, IReadOnlyDictionary<string, string>? Metadata) : ClientRequest;

/// <summary><c>event</c>.</summary>
internal sealed record UserEventRequest(string Event, Payload Payload, IReadOnlyDictionary<string, string>? Metadata) : ClientRequest;

/// <summary><c>ping</c>.</summary>
internal sealed record PingRequest : ClientRequest;

/// <summary><c>sequenceAck</c>: everything up to this id has arrived.</summary>
internal sealed record SequenceAckRequest(ulong SequenceId) : ClientRequest;

/// <summary>A <c>sendToGroup</c> that would open a stream. Not supported.</summary>
internal sealed record OpenStreamRequest(string StreamId) : ClientRequest;

/// <summary><c>streamData</c> or <c>streamEnd</c>. Not supported: there is no stream.</summary>
internal sealed record StreamRequest(string StreamId) : ClientRequest;

/// <summary><c>invoke</c>. Not supported.</summary>
internal sealed record InvokeRequest(string InvocationId) : ClientRequest;

/// <summary><c>cancelInvocation</c>: of an invocation that was refused already; nothing to say.</summary>
internal sealed record CancelInvocationRequest : ClientRequest;

/// <summary><c>setGroupState</c>, <c>subscribeGroupState</c> or <c>unsubscribeGroupState</c>. Not supported.</summary>
internal sealed record GroupStateRequest : ClientRequest;
