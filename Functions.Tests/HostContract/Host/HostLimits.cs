namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>How long the stand-in waits. Each wait ends with words about what was waited for, before whoever waits for the stand-in gives up.</summary>
internal sealed record HostLimits
{
    /// <summary>From a program's start to its first answer: the host's own default.</summary>
    public TimeSpan Initialization { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For one answer to "are you there"; then it is asked again.</summary>
    public TimeSpan Probe { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A caller's, for a program that is not there yet. The host would wait four times <see cref="Initialization"/>.</summary>
    public TimeSpan Caller { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Without a byte from the program. The host would wait 240 s; the app itself answers 503 after 30.</summary>
    public TimeSpan Activity { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>From a kill to the end of the program and of its output.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(15);
}
