namespace ServerlessChat.Bench.Load;

internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        List<double> sorted = [.. values];
        sorted.Sort();
        int middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="quantile">0 to 1; the nearest rank.</param>
    public static double Quantile(List<double> sorted, double quantile) => sorted[Math.Max(0, (int)Math.Ceiling(quantile * sorted.Count) - 1)];
}
