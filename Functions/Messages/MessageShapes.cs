using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Hosting;

namespace ServerlessChat.Messages;

/// <summary>Body of a send.</summary>
/// <param name="Message">1–16,000 UTF-16 characters after trimming.</param>
/// <param name="ClientId">1–64 characters of the client's choice: makes the send safe to repeat. Optional.</param>
public sealed record PostMessageRequest(
    [property: Required, StringLength(MessageRules.MaxLength, MinimumLength = 1)] string? Message,
    [property: StringLength(MessageRules.MaxClientIdLength, MinimumLength = 1)] string? ClientId);

/// <summary>A message on the wire. Absent rather than null: <c>sender</c> and <c>recipient</c> in a group, <c>client_id</c> when the sender gave none.</summary>
/// <param name="Id">1, 2, 3 … in its conversation, without a hole.</param>
/// <param name="Message">As typed. It is text, never markup.</param>
/// <param name="User">The writer's username.</param>
/// <param name="Sender">In private: equals <paramref name="User"/>.</param>
/// <param name="Recipient">In private: the other's username.</param>
/// <param name="Timestamp">When it was stored. The order is that of the ids.</param>
/// <param name="ClientId">As its sender gave it.</param>
public sealed record MessageResponse(
    [property: Range(1, long.MaxValue)] long Id,
    string Message,
    string User,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sender,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Recipient,
    DateTimeOffset Timestamp,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientId)
{
    public static MessageResponse InGroup(Entry entry) => new(entry.Id, entry.Text, entry.User, Sender: null, Recipient: null, entry.At, entry.ClientId);

    /// <param name="recipient">The username of the one of the two who did not write it.</param>
    public static MessageResponse InPrivate(Entry entry, string recipient) =>
        new(entry.Id, entry.Text, entry.User, entry.User, recipient, entry.At, entry.ClientId);

    /// <summary>The answer to a send: 201, or 200 when it repeats one that was stored before.</summary>
    public Results<Created<MessageResponse>, Ok<MessageResponse>, ApiProblem> ToAnswer(WriteOutcome outcome) =>
        outcome is WriteOutcome.Repeated ? TypedResults.Ok(this) : TypedResults.Created((string?)null, this);
}

/// <summary>Body of <c>read/</c>.</summary>
/// <param name="Id">Everything up to this id is read; 1 to the newest id.</param>
public sealed record ReadRequest([property: Required, Range(1, long.MaxValue)] long? Id);
