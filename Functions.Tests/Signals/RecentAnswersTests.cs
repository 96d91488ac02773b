using ServerlessChat.Signals;

namespace ServerlessChat.Tests.Signals;

/// <summary>An answer is good for a while.</summary>
public sealed class RecentAnswersTests
{
    private readonly Watch _watch = new();
    private int _asked;

    [Fact]
    public async Task A_Question_Is_Asked_Again_Once_Its_Answer_Is_Old()
    {
        var answers = new RecentAnswers<string>(TimeSpan.FromSeconds(5), _watch);
        Assert.Equal(("1", "1"), (await AskAsync(answers, "a"), await AskAsync(answers, "a")));
        Assert.Equal("2", await AskAsync(answers, "b"));
        _watch.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal("1", await AskAsync(answers, "a"));
        _watch.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("3", await AskAsync(answers, "a"));
    }

    [Fact]
    public async Task Many_At_Once_Ask_Once_And_No_Answer_Is_Not_Kept()
    {
        var answers = new RecentAnswers<string>(TimeSpan.FromSeconds(5), _watch);
        var answer = new TaskCompletionSource<string?>();
        Task<string?>[] asking = [.. Enumerable.Range(0, 5).Select(_ => answers.GetAsync("a", () => { _asked++; return answer.Task; }))];
        answer.SetResult(null);
        Assert.All(await Task.WhenAll(asking), Assert.Null);
        Assert.Equal(1, _asked);
        Assert.Equal("2", await AskAsync(answers, "a"));
    }

    private Task<string?> AskAsync(RecentAnswers<string> answers, string question) => answers.GetAsync(question, () => Task.FromResult<string?>($"{++_asked}"));
}
