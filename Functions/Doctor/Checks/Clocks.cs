namespace ServerlessChat.Doctor.Checks;

/// <summary>Tokens hold between two times, so clocks that are apart make them worthless.</summary>
internal static class Clocks
{
    /// <summary>Less is nothing to speak of: <c>Date</c> has whole seconds, and Web PubSub forgives 5 minutes.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    public static bool AreApart(TimeSpan? ahead) => ahead?.Duration() > Apart;

    /// <summary>Empty when there is nothing to say; else begins with a comma.</summary>
    /// <param name="ahead">How far Web PubSub's clock is ahead of this machine's.</param>
    public static string Describe(TimeSpan? ahead) =>
        AreApart(ahead) ? $", {ahead!.Value.Duration().TotalMinutes:F0} minutes {(ahead > TimeSpan.Zero ? "behind" : "ahead of")} Web PubSub's" : "";
}
