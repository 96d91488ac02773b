namespace ServerlessChat.OpenApi;

/// <summary>The times that stand in examples.</summary>
internal static class Moments
{
    public static readonly DateTimeOffset Created = new(2026, 11, 20, 9, 30, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Sent = new(2026, 11, 22, 8, 15, 2, 123, TimeSpan.Zero);
    public static readonly DateTimeOffset Answered = new(2026, 11, 22, 8, 16, 40, 7, TimeSpan.Zero);
}
