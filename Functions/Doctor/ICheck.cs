namespace ServerlessChat.Doctor;

/// <summary>One question to the installation.</summary>
internal interface ICheck
{
    /// <summary>A word or two; unique.</summary>
    string Name { get; }

    /// <summary>Names of earlier checks that must have been ok; else this one is skipped.</summary>
    IReadOnlyList<string> Needs { get; }

    /// <exception cref="FindingException">It failed.</exception>
    Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken);
}
