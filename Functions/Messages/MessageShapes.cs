using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;

namespace ServerlessChat.Messages;

/// <summary>Body of a send.</summary>
/// <param name="Message">1–16,000 UTF-16 characters after trimming.</param>
/// <param name="ClientId">1–64 characters of the client's choice: makes the send safe to repeat. Optional.</param>
/// <param name="ReplyTo">The id of the message of the same conversation that this one answers. Optional.</param>
public sealed record PostMessageRequest(
    [property: Required, StringLength(MessageRules.MaxLength, MinimumLength = 1)] string? Message,
    [property: StringLength(MessageRules.MaxClientIdLength, MinimumLength = 1)] string? ClientId,
    [property: Range(1, long.MaxValue)] long? ReplyTo = null);

/// <summary>Body of an edit.</summary>
/// <param name="Message">1–16,000 UTF-16 characters after trimming.</param>
public sealed record EditRequest([property: Required, StringLength(MessageRules.MaxLength, MinimumLength = 1)] string? Message);

/// <summary>An entry on the wire: a message, or what happened to one (then it has an <c>event</c>). What does not apply is absent rather than null.</summary>
/// <param name="Id">1, 2, 3 … in its conversation, without a hole.</param>
/// <param name="Message">
/// A message's text, as typed, never markup; empty when it is deleted. Of <c>edited</c>: the new text, absent once a later change has superseded it. Absent otherwise.
/// </param>
/// <param name="User">The username of who wrote the message, or made the change.</param>
/// <param name="Sender">In private: equals <paramref name="User"/>.</param>
/// <param name="Recipient">In private: the other's username.</param>
/// <param name="Timestamp">When it was stored. The order is that of the ids.</param>
/// <param name="ClientId">As its sender gave it.</param>
public sealed record MessageResponse(
    [property: Range(1, long.MaxValue)] long Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message,
    string User,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sender,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Recipient,
    DateTimeOffset Timestamp,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ClientId)
{
    /// <summary>Absent for a message.</summary>
    [AllowedValues(EntryEvent.Edited, EntryEvent.Deleted, EntryEvent.Reaction)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Event { get; init; }

    /// <summary>Of an event: the id of the message that changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Target { get; init; }

    /// <summary>Of <c>reaction</c>: spelled as whoever put it first did, for some keyboards add U+FE0F and others leave it out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Emoji { get; init; }

    /// <summary>Of <c>reaction</c>: how many people's reaction with this emoji the message has since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Count { get; init; }

    /// <summary>Of <c>reaction</c>: true when it was taken back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Removed { get; init; }

    /// <summary>Of a message: the id that it answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReplyTo { get; init; }

    /// <summary>Of a message: when its text was last changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Of a message: when it was deleted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Of a message: the id of the newest entry that changed it. Of two copies of a message, the one with the higher revision is newer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Revision { get; init; }

    /// <summary>Of a message, in answers to one reader: at most 20 emojis.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReactionResponse>? Reactions { get; init; }

    /// <param name="reader">Whose own reactions are marked; null for a frame, which has many readers.</param>
    public static MessageResponse InGroup(Entry entry, AccountId? reader = null) => Of(entry, sender: null, recipient: null, reader);

    /// <param name="recipient">The username of the one of the two who did not write it.</param>
    /// <param name="reader">As in a group.</param>
    public static MessageResponse InPrivate(Entry entry, string recipient, AccountId? reader = null) => Of(entry, entry.User, recipient, reader);

    /// <summary>The answer to a send: 201, or 200 when it repeats one that was stored before.</summary>
    public Results<Created<MessageResponse>, Ok<MessageResponse>, ApiProblem> ToAnswer(WriteOutcome outcome) =>
        outcome is WriteOutcome.Repeated ? TypedResults.Ok(this) : TypedResults.Created((string?)null, this);

    private static MessageResponse Of(Entry entry, string? sender, string? recipient, AccountId? reader)
    {
        string? text = entry.Kind is EntryKind.Message || entry.Text.Length > 0 ? entry.Text : null;
        return new MessageResponse(entry.Id, text, entry.User, sender, recipient, entry.At, entry.ClientId)
        {
            Event = EntryEvent.Of(entry.Kind),
            Target = entry.Target,
            Emoji = entry.Reaction?.Emoji,
            Count = entry.Reaction?.Count,
            Removed = entry.Reaction is { IsRemoved: true } ? true : null,
            ReplyTo = entry.ReplyTo,
            EditedAt = entry.State.EditedAt,
            DeletedAt = entry.State.DeletedAt,
            Revision = entry.State.Revision,
            Reactions = ReactionResponse.Of(entry.State.Reactions, reader),
        };
    }
}

/// <summary>What a message's reactions of one emoji look like to a reader.</summary>
/// <param name="Count">People, 1 or more.</param>
/// <param name="Mine">True when the reader is one of them; absent otherwise.</param>
public sealed record ReactionResponse(
    string Emoji, int Count, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Mine)
{
    /// <returns>Null when there are none.</returns>
    public static IReadOnlyList<ReactionResponse>? Of(Reactions reactions, AccountId? reader) => reactions.IsEmpty
        ? null
        : [.. reactions.All.Select(reaction => new ReactionResponse(
            reaction.Emoji.Text, reaction.By.Count, reader is { } person && reaction.By.Contains(person) ? true : null))];
}

/// <summary>The <c>event</c> of an entry that is no message.</summary>
public static class EntryEvent
{
    public const string Edited = "edited";
    public const string Deleted = "deleted";
    public const string Reaction = "reaction";

    /// <summary>Null for a message.</summary>
    public static string? Of(EntryKind kind) => kind switch
    {
        EntryKind.Edited => Edited,
        EntryKind.Deleted => Deleted,
        EntryKind.Reaction => Reaction,
        _ => null,
    };
}

/// <summary>Body of <c>read/</c>.</summary>
/// <param name="Id">Everything up to this id is read; 1 to the newest id.</param>
public sealed record ReadRequest([property: Required, Range(1, long.MaxValue)] long? Id);
