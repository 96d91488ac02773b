using System.Text.Json.Serialization;

namespace ServerlessChat.Signals;

/// <summary>What a signal is about: the <c>event</c> of a frame and the <c>kind</c> of a notification.</summary>
public static class SignalKind
{
    /// <summary>Somebody has read up to an id.</summary>
    public const string Read = "read";

    /// <summary>Somebody is writing a message.</summary>
    public const string Typing = "typing";

    /// <summary>Somebody has come online or gone offline.</summary>
    public const string Presence = "presence";
}

/// <summary>A signal as a client sends it over a socket.</summary>
/// <param name="Event"><c>read</c> or <c>typing</c>.</param>
/// <param name="Id">For <c>read</c>: everything up to this id is read.</param>
public sealed record SignalRequest(string? Event, long? Id);

/// <summary>A signal on a group's or a pair's channel.</summary>
/// <param name="Event">One of <see cref="SignalKind"/>.</param>
/// <param name="User">Who has read, types, or has come or gone.</param>
/// <param name="Id">For <c>read</c>; absent otherwise.</param>
/// <param name="Online">For <c>presence</c>; absent otherwise.</param>
public sealed record SignalFrame(
    string Event,
    string User,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Online = null);

/// <summary>A signal on the notifications channel.</summary>
/// <param name="Kind">One of <see cref="SignalKind"/>.</param>
/// <param name="Id">For <c>read</c>; absent otherwise.</param>
/// <param name="Message">A sentence in English, for programs that show it as it is.</param>
/// <param name="Sender">Who has read, types, or has come or gone.</param>
/// <param name="Recipient">For <c>read</c> and <c>typing</c> in private: the other's username; absent otherwise.</param>
/// <param name="Online">For <c>presence</c>; absent otherwise.</param>
/// <param name="Group">For <c>read</c> and <c>typing</c> in a group: its slug; absent otherwise.</param>
public sealed record SignalNotification(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id,
    string Message,
    string Sender,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Recipient,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Online,
    DateTimeOffset Timestamp,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Group);

/// <summary>How far somebody has read.</summary>
/// <param name="User">Their username.</param>
/// <param name="Id">Everything up to this id is read; 1 or more.</param>
public sealed record ReadResponse(string User, long Id);

/// <summary>Whether somebody is online, as one who has a private chat with them sees it.</summary>
public sealed record PresenceResponse(string Username, bool Online);

/// <summary>Who of a group is online.</summary>
/// <param name="Online">Usernames, in the order of their code units; empty where the group is not small.</param>
public sealed record GroupPresenceResponse(IReadOnlyList<string> Online);
