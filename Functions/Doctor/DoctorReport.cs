namespace ServerlessChat.Doctor;

/// <summary>Writes each check as it ends, a line each, its findings indented beneath.</summary>
internal sealed class DoctorReport(TextWriter output)
{
    private int _passed;
    private int _failed;

    public bool IsGood => _failed == 0;

    public async Task AddAsync(ICheck check, Diagnosis diagnosis)
    {
        _passed += diagnosis.Verdict is Verdict.Ok ? 1 : 0;
        _failed += diagnosis.Verdict is Verdict.Failed ? 1 : 0;
        await output.WriteLineAsync($"{Word(diagnosis.Verdict)}  {check.Name}: {diagnosis.Detail}");
        foreach (Finding finding in diagnosis.Findings)
        {
            await output.WriteLineAsync($"    expected: {finding.Expected}");
            await output.WriteLineAsync($"    came:     {finding.Came}");
            await output.WriteLineAsync($"    do:       {finding.Remedy}");
        }

        await output.FlushAsync();
    }

    public Task EndAsync() => output.WriteLineAsync($"{_passed} checks passed, {_failed} failed");

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Ok => "ok",
        Verdict.Failed => "failed",
        _ => "skipped",
    };
}
