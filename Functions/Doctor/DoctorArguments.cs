using System.Globalization;

namespace ServerlessChat.Doctor;

/// <summary>What the command line says.</summary>
/// <param name="Url">Where the app is reached, without a path of the API; ends with a slash.</param>
/// <param name="Username">Null: a new account is registered.</param>
/// <param name="PasswordFile">Null: the password comes from <see cref="PasswordSetting"/>.</param>
/// <param name="Timeout">For each answer and each frame. 1 s to 5 min, default 10 s.</param>
internal sealed record DoctorArguments(Uri Url, string? Username, string? PasswordFile, TimeSpan Timeout)
{
    public const string Usage = """
        Usage: doctor --url URL [--username NAME [--password-file FILE]] [--timeout 00:00:10]
          --url            where the app is reached, for instance http://localhost:8000
          --username       an account to sign in with; without it a new one is registered
          --password-file  holds its password; or set DOCTOR_PASSWORD in the environment
          --timeout        for each answer, 1 second to 5 minutes
        """;

    /// <summary>The environment variable of the password.</summary>
    public const string PasswordSetting = "DOCTOR_PASSWORD";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(10);

    /// <exception cref="UsageException">A mistake in the arguments. The message repeats no value.</exception>
    public static DoctorArguments Parse(IReadOnlyList<string> args)
    {
        Dictionary<string, string> values = Split(args);
        if (values.ContainsKey("--password-file") && !values.ContainsKey("--username"))
        {
            throw new UsageException("--password-file needs --username.");
        }

        return new DoctorArguments(
            Address(values.GetValueOrDefault("--url") ?? throw new UsageException("--url is missing.")),
            values.GetValueOrDefault("--username"),
            values.GetValueOrDefault("--password-file"),
            values.TryGetValue("--timeout", out string? timeout) ? Limit(timeout) : DefaultTimeout);
    }

    private static Dictionary<string, string> Split(IReadOnlyList<string> args)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < args.Count; i += 2)
        {
            string name = args[i] switch
            {
                "--url" or "--username" or "--password-file" or "--timeout" => args[i],
                "--password" => throw new UsageException("A password is never an argument: others on the machine could read it."),
                _ => throw new UsageException("There is an argument that doctor doesn't know."),
            };
            if (i + 1 == args.Count || args[i + 1].Length == 0 || !values.TryAdd(name, args[i + 1]))
            {
                throw new UsageException($"{name} takes one value, once.");
            }
        }

        return values;
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url is { UserInfo: "", Query: "", Fragment: "" }
            ? new Uri(url.AbsoluteUri.TrimEnd('/') + "/")
            : throw new UsageException("--url is an http or https address without a user, a query or a fragment.");

    private static TimeSpan Limit(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan limit) && limit >= TimeSpan.FromSeconds(1) && limit <= TimeSpan.FromMinutes(5)
            ? limit
            : throw new UsageException("--timeout is hours:minutes:seconds, 1 second to 5 minutes.");
}

/// <summary>The command was called in a way that it can't be.</summary>
internal sealed class UsageException(string message) : Exception(message);
