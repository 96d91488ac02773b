using ServerlessChat.Accounts;

namespace ServerlessChat.Messages;

/// <summary>One entry of a conversation's log.</summary>
/// <param name="Id">1, 2, 3 … without a hole; the same for every reader.</param>
/// <param name="UserId">Who wrote it.</param>
/// <param name="User">The writer's username as typed at registration.</param>
/// <param name="Text">1–16,000 UTF-16 characters, as typed.</param>
/// <param name="At">When it was stored, UTC, whole milliseconds. Two instances' clocks differ: order is by <paramref name="Id"/>.</param>
/// <param name="ClientId">As the client sent it; null when it sent none.</param>
public sealed record Entry(long Id, AccountId UserId, string User, string Text, DateTimeOffset At, string? ClientId);

/// <summary>A message that is to be appended; it has no id yet.</summary>
public sealed record NewMessage(AccountId UserId, string User, string Text, string? ClientId);
