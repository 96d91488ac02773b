namespace ServerlessChat.Tests.Model;

/// <summary>What happens in one run, step by step.</summary>
internal sealed class Script(IReadOnlyList<Step> steps)
{
    public IReadOnlyList<Step> Steps => steps;

    /// <summary>How many of the steps it took until the app said something else than the model; null until then.</summary>
    public int? FailedAfter { get; set; }

    /// <summary>Shorter scripts, then simpler ones.</summary>
    public IEnumerable<Script> Shrink()
    {
        if (FailedAfter < steps.Count)
        {
            yield return new Script([.. steps.Take(FailedAfter.Value)]); // What came after has no part in it.
        }

        for (int size = Math.Max(1, steps.Count / 2); size > 0 && steps.Count > 1; size /= 2)
        {
            for (int from = 0; from < steps.Count; from += size)
            {
                yield return new Script([.. steps.Take(from), .. steps.Skip(from + size)]);
            }
        }

        for (int i = 0; i < steps.Count; i++)
        {
            foreach (Step simpler in steps[i].Simpler())
            {
                yield return new Script([.. steps.Take(i), simpler, .. steps.Skip(i + 1)]);
            }
        }
    }

    public override string ToString() => string.Concat(steps.Select((step, i) => $"\n  {i + 1}. {step}"));
}
