using System.Text;
using System.Text.Json;
using Emulator.Hubs;

namespace Emulator.Clients;

/// <summary>Turns a JSON frame into what the client asks for.</summary>
internal static class ClientRequestParser
{
    private const int MaxTtlSeconds = 300;

    /// <exception cref="WebSockets.WebSocketProtocolException">1007: malformed, an unknown <c>type</c>, a member missing or out of bounds.</exception>
    public static ClientRequest Parse(ReadOnlySpan<byte> json)
    {
        var fields = ClientRequestFields.Read(json);
        var request = Create(fields);
        return fields.AckId is { } ackId ? request with { AckId = ackId } : request;
    }

    // The service matches the type's value without regard to case.
    private static ClientRequest Create(in ClientRequestFields fields) => fields.Type?.ToLowerInvariant() switch
    {
        "joingroup" => new JoinGroupRequest(Group(fields)),
        "leavegroup" => new LeaveGroupRequest(Group(fields)),
        "sendtogroup" when fields.HasStream => new OpenStreamRequest(Required(fields.StreamId, "stream.streamId")),
        "sendtogroup" => new SendToGroupRequest(Group(fields), Data(fields), fields.NoEcho, Ttl(fields), fields.Metadata),
        "event" => new UserEventRequest(Event(fields), Data(fields), fields.Metadata),
        "ping" => new PingRequest(),
        "sequenceack" => new SequenceAckRequest(fields.SequenceId ?? throw Missing("sequenceId")),
        "streamdata" or "streamend" => new StreamRequest(Required(fields.StreamId, "streamId")),
        "invoke" => new InvokeRequest(Required(fields.InvocationId, "invocationId")),
        "cancelinvocation" => new CancelInvocationRequest(),
        "setgroupstate" or "subscribegroupstate" or "unsubscribegroupstate" => new GroupStateRequest(),
        _ => throw ClientRequestFields.Malformed("Unknown type."),
    };

    private static string Group(in ClientRequestFields fields) =>
        Names.IsGroup(fields.Group) ? fields.Group! : throw ClientRequestFields.Malformed(Names.GroupRule);

    private static string Event(in ClientRequestFields fields) =>
        Names.IsEvent(fields.Event) ? fields.Event! : throw ClientRequestFields.Malformed("Invalid event name.");

    private static int Ttl(in ClientRequestFields fields) =>
        fields.TtlSeconds <= MaxTtlSeconds ? (int)fields.TtlSeconds : throw ClientRequestFields.Malformed("ttlSeconds must be 0 to 300.");

    private static Payload Data(in ClientRequestFields fields)
    {
        var kind = Payload.KindOfDataType(fields.DataType) ?? throw ClientRequestFields.Malformed("Unknown dataType.");
        return fields.DataToken switch
        {
            JsonTokenType.None or JsonTokenType.Null => throw Missing("data"),
            _ when kind == PayloadKind.Json => new(kind, fields.RawData.ToArray()),
            JsonTokenType.String => new(kind, Decode(kind, fields.RawData)),
            _ => throw ClientRequestFields.Malformed("data must be a string for this dataType."),
        };
    }

    private static byte[] Decode(PayloadKind kind, ReadOnlySpan<byte> rawString)
    {
        var reader = new Utf8JsonReader(rawString);
        reader.Read();
        try
        {
            if (kind == PayloadKind.Text)
            {
                return Encoding.UTF8.GetBytes(reader.GetString()!);
            }

            return reader.TryGetBytesFromBase64(out var bytes) ? bytes : throw ClientRequestFields.Malformed("data is not base64.");
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair has no UTF-8 form.
            throw ClientRequestFields.Malformed("data is not valid text.");
        }
    }

    private static string Required(string? value, string name) => value is { Length: > 0 } ? value : throw Missing(name);

    private static WebSockets.WebSocketProtocolException Missing(string name) => ClientRequestFields.Malformed($"{name} is required.");
}
