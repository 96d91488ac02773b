using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;
using ServerlessChat.PrivateChats;

namespace ServerlessChat.Signals;

/// <summary>Tells that somebody is writing. Nothing is stored. What is too much, or in too large a group, is dropped without a word.</summary>
internal sealed class Typing(
    GroupStore groups, PrivateMessages privateMessages, ConversationLog log, SignalRate rate, SignalPublisher publisher, TimeProvider time)
{
    /// <summary>How long one signal of a person in a conversation stands for; those within are dropped. Of this instance's: with several, as many may pass.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly Rate<(ConversationId, AccountId)> _turns = new(Interval, burst: 1, time);

    /// <summary>Two reads (one for the owner) and two calls; null when it was told or dropped.</summary>
    /// <returns>404 for who does not see the group; 403 for who sees it and is no member.</returns>
    public async Task<ApiProblem?> InGroupAsync(Caller caller, string slug, CancellationToken cancellationToken)
    {
        if (!rate.TryTake(caller))
        {
            return null;
        }

        switch (await groups.ReadAccessAsync(caller, slug, cancellationToken))
        {
            case null:
                return ApiProblem.Of(Errors.NotFound);
            case { Member: null }:
                return ApiProblem.Of(Errors.Forbidden);
            case { } access:
                await TellAsync(SignalScope.Of(access.Group), caller);
                return null;
        }
    }

    /// <summary>The same for who is on the group's channel, where the right was decided at a version of the group: one read as long as that stands.</summary>
    /// <returns>404 when the group is gone, 403 when the caller is no member any more; else the version that the right now stands on.</returns>
    public async Task<(ApiProblem? Problem, long Version)> InGroupAsync(Caller caller, ConversationId id, long version, CancellationToken cancellationToken)
    {
        if (!rate.TryTake(caller))
        {
            return (null, version);
        }

        if (await groups.ReadAsync(id, cancellationToken) is not { } group)
        {
            return (ApiProblem.Of(Errors.NotFound), version);
        }

        if (group.Head.Version != version && await groups.ReadMemberAsync(group, caller.Id, caller.Username, cancellationToken) is null)
        {
            return (ApiProblem.Of(Errors.Forbidden), version);
        }

        await TellAsync(SignalScope.Of(group), caller);
        return (null, group.Head.Version);
    }

    /// <summary>Two reads and two calls; null when it was told or dropped.</summary>
    /// <returns>404 for a username of nobody.</returns>
    public async Task<ApiProblem?> InPairAsync(Caller caller, string target, CancellationToken cancellationToken)
    {
        if (!rate.TryTake(caller))
        {
            return null;
        }

        if (await privateMessages.FindCorrespondentAsync(target, cancellationToken) is not { } other)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        await TellOtherAsync(caller, other, cancellationToken);
        return null;
    }

    /// <summary>The same for who is on the pair's channel: one read less.</summary>
    public Task InPairAsync(Caller caller, Correspondent other, CancellationToken cancellationToken) =>
        rate.TryTake(caller) ? TellOtherAsync(caller, other, cancellationToken) : Task.CompletedTask;

    private async Task TellOtherAsync(Caller caller, Correspondent other, CancellationToken cancellationToken)
    {
        var pair = ConversationId.Of(caller.Id, other.Id);
        bool isShared = caller.Id != other.Id && PairHearing.IsBetween(await log.ReadHeadAsync(pair.Partition, cancellationToken));
        await TellAsync(SignalScope.OfPair(pair, other.Username.Text, isShared), caller);
    }

    private Task TellAsync(SignalScope scope, Caller caller) =>
        scope.IsShared && _turns.Take((scope.Id, caller.Id)) is null ? publisher.TypingAsync(scope, caller) : Task.CompletedTask;
}
