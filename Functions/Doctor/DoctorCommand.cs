using ServerlessChat.Doctor.Checks;
using ServerlessChat.Hosting;

namespace ServerlessChat.Doctor;

/// <summary><c>doctor</c>: asks an installation the questions that its first day hangs on, and says in words what is wrong (docs/doctor.md).</summary>
internal static class DoctorCommand
{
    private const int Good = 0;
    private const int Sick = 1;
    private const int Mistake = 2;

    /// <summary>With the process's own settings, output and Ctrl-C, after which it tidies up and ends.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        using var interrupted = new CancellationTokenSource();
        void Interrupt(object? sender, ConsoleCancelEventArgs e)
        {
            e.Cancel = true;
            interrupted.Cancel();
        }

        Console.CancelKeyPress += Interrupt;
        try
        {
            return await RunAsync(args, Console.Out, Console.Error, configure: null, interrupted.Token);
        }
        finally
        {
            Console.CancelKeyPress -= Interrupt;
        }
    }

    /// <param name="configure">Runs before the doctor registers its own services; null for nothing.</param>
    /// <returns>0 when no check failed, 1 when one did, 2 when the arguments are wrong.</returns>
    internal static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter errors, Action<WebApplicationBuilder>? configure, CancellationToken cancellationToken)
    {
        try
        {
            var arguments = DoctorArguments.Parse(args);
            WebApplicationBuilder builder = SettingsOf(configure);
            Password? password = arguments.Username is null ? null : Password.Of(arguments, builder.Configuration);
            await using WebApplication services = builder.Build();
            return await ExamineAsync(arguments, password, services.Services, output, cancellationToken) ? Good : Sick;
        }
        catch (UsageException mistake)
        {
            await errors.WriteLineAsync($"{mistake.Message}\n{DoctorArguments.Usage}");
            return Mistake;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await errors.WriteLineAsync("Interrupted.");
            return Sick;
        }
    }

    /// <summary>The app's configuration and the parts of it that are examined; nothing of it serves.</summary>
    private static WebApplicationBuilder SettingsOf(Action<WebApplicationBuilder>? configure)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(AppOptions.From([]));
        builder.Logging.ClearProviders(); // What is found is told on stdout, once.
        configure?.Invoke(builder);
        builder.Services.AddHosting(builder.Configuration).AddTables(builder.Configuration).AddWebPubSub(builder.Configuration);
        return builder;
    }

    private static async Task<bool> ExamineAsync(
        DoctorArguments arguments, Password? password, IServiceProvider services, TextWriter output, CancellationToken cancellationToken)
    {
        var report = new DoctorReport(output);
        var verdicts = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        await using var examination = new Examination(arguments, services);
        foreach (ICheck check in AllChecks.Of(password))
        {
            Diagnosis diagnosis = check.Needs.FirstOrDefault(name => verdicts[name] is not Verdict.Ok) is { } missing
                ? Diagnosis.Skipped($"needs {missing}, which {(verdicts[missing] is Verdict.Failed ? "failed" : "was skipped")}")
                : await RunAsync(check, examination, cancellationToken);
            verdicts.Add(check.Name, diagnosis.Verdict);
            await report.AddAsync(check, diagnosis);
        }

        await report.EndAsync();
        return report.IsGood;
    }

    private static async Task<Diagnosis> RunAsync(ICheck check, Examination examination, CancellationToken cancellationToken)
    {
        try
        {
            return await check.RunAsync(examination, cancellationToken);
        }
        catch (FindingException found)
        {
            return Diagnosis.Failed(found.Finding);
        }
    }
}
