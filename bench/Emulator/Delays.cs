namespace EmulatorBench;

/// <summary>A histogram of delays with steps of about two percent.</summary>
internal sealed class Delays
{
    private const double Step = 1.02;
    private const double Smallest = 0.001;

    private readonly long[] _counts = new long[1200];

    public void Add(TimeSpan delay)
    {
        var index = (int)(Math.Log(Math.Max(delay.TotalMilliseconds, Smallest) / Smallest) / Math.Log(Step));
        Interlocked.Increment(ref _counts[Math.Clamp(index, 0, _counts.Length - 1)]);
    }

    /// <returns>Milliseconds.</returns>
    public double Percentile(double percent)
    {
        var wanted = _counts.Sum() * percent / 100;
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
            {
                return Smallest * Math.Pow(Step, i + 1);
            }
        }

        return double.NaN;
    }
}
