using ServerlessChat.Hosting;

namespace ServerlessChat.Messages;

/// <summary>What a read position may be.</summary>
public static class ReadRules
{
    /// <summary>Null when the position can be taken; otherwise a 400 that names the field.</summary>
    /// <param name="lastId">The newest id in the log. A position beyond it would hide messages that nobody has seen.</param>
    public static ApiProblem? Check(long? id, long lastId) => id is >= 1 && id <= lastId
        ? null
        : ApiProblem.Field("id", lastId == 0 ? "There is nothing to read yet." : $"This is a whole number from 1 to {lastId}.");
}
