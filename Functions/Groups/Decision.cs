using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.Groups;

/// <summary>How a change that was decided on what a caller saw of a group ended.</summary>
/// <param name="IsFinal">False: the group changed in between; look and decide again.</param>
/// <param name="Problem">Null: done.</param>
internal sealed record Decision(bool IsFinal, ApiProblem? Problem)
{
    /// <summary>How often a decision is made again when the group changes under it.</summary>
    public const int MaxDecisions = 10;

    private static readonly Decision Again = new(IsFinal: false, Problem: null);

    /// <summary>After a change that was not made: the group is gone for good (another with its slug is another group), or has changed.</summary>
    public static Decision After(WriteOutcome outcome) => outcome is WriteOutcome.Gone ? Of(ApiProblem.Of(Errors.NotFound)) : Again;

    public static Decision Of(ApiProblem? problem) => new(IsFinal: true, problem);

    /// <summary>Looks and decides until the decision is final; a group that the caller can't see is 404.</summary>
    public static async Task<ApiProblem?> MakeAsync(Func<Task<GroupAccess?>> look, Func<GroupAccess, Task<Decision>> decide)
    {
        for (int decisions = 0; decisions < MaxDecisions; decisions++)
        {
            if (await look() is not { } access)
            {
                return ApiProblem.Of(Errors.NotFound);
            }

            Decision decision = await decide(access);
            if (decision.IsFinal)
            {
                return decision.Problem;
            }
        }

        return ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1));
    }
}
