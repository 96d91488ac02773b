using ServerlessChat.Accounts;
using ServerlessChat.Messages;

namespace ServerlessChat.Erasing;

/// <summary>A log that an erased person's name is to be taken out of.</summary>
/// <param name="Through">The newest entry that can be theirs.</param>
/// <param name="Next">The oldest entry that was not looked at yet.</param>
public sealed record RewritingJob(AccountId Person, ConversationId Conversation, long Through, long Next);
