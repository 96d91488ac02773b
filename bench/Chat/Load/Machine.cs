namespace ServerlessChat.Bench.Load;

internal static class Machine
{
    /// <summary>Over 1, 5 and 15 minutes; a figure measured on a busy machine is worth little.</summary>
    public static string LoadAverage =>
        File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";
}
