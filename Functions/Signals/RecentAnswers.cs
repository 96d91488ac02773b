using System.Collections.Concurrent;

namespace ServerlessChat.Signals;

/// <summary>Keeps answers for a short time, so that many who ask the same at once cost one question. Null, which means that nobody knows, is not kept, nor is a failure.</summary>
/// <param name="lifetime">How old an answer may be.</param>
internal sealed class RecentAnswers<T>(TimeSpan lifetime, TimeProvider time)
    where T : class
{
    /// <summary>Answers kept; beyond it all are forgotten, which does no harm.</summary>
    private const int MaxKept = 10_000;

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    /// <summary>The answer to a question; asked anew when there is no recent one.</summary>
    /// <param name="ask">For all who ask at once: it listens to none of them alone.</param>
    public async Task<T?> GetAsync(string question, Func<Task<T?>> ask)
    {
        if (_kept.TryGetValue(question, out Kept? kept) && time.GetElapsedTime(kept.At) < lifetime)
        {
            return await kept.Answer;
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        var asked = new Kept(time.GetTimestamp(), ask());
        _kept[question] = asked;
        T? answer = null;
        try
        {
            answer = await asked.Answer;
        }
        finally
        {
            if (answer is null)
            {
                _kept.TryRemove(KeyValuePair.Create(question, asked));
            }
        }

        return answer;
    }

    private sealed record Kept(long At, Task<T?> Answer);
}
