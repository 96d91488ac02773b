namespace ServerlessChat.Doctor;

/// <summary>How a check ended.</summary>
internal enum Verdict
{
    Ok,
    Failed,

    /// <summary>Its ground is missing, or it can't be made from here.</summary>
    Skipped,
}

/// <summary>Something that is wrong, in words. Holds no key, token or password, and of what others sent only what <see cref="Shown"/> lets through.</summary>
/// <param name="Expected">What a healthy installation does.</param>
/// <param name="Came">What happened instead.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record Finding(string Expected, string Came, string Remedy);

/// <summary>What a check found.</summary>
/// <param name="Detail">One line: what was seen, or why the check was skipped.</param>
/// <param name="Findings">Of a failed check, one or more; empty otherwise.</param>
internal sealed record Diagnosis(Verdict Verdict, string Detail, IReadOnlyList<Finding> Findings)
{
    public static Diagnosis Ok(string detail) => new(Verdict.Ok, detail, []);

    public static Diagnosis Skipped(string reason) => new(Verdict.Skipped, reason, []);

    public static Diagnosis Failed(params IReadOnlyList<Finding> findings) => new(Verdict.Failed, findings[0].Came, findings);
}

/// <summary>Ends a check with a finding from wherever it is made.</summary>
internal sealed class FindingException(Finding finding) : Exception(finding.Came)
{
    public FindingException(string expected, string came, string remedy)
        : this(new Finding(expected, came, remedy))
    {
    }

    public Finding Finding { get; } = finding;
}
