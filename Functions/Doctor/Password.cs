namespace ServerlessChat.Doctor;

/// <summary>A password that doesn't show itself when it is printed by mistake.</summary>
internal sealed class Password(string text)
{
    public string Text { get; } = text;

    /// <summary>From the file; without one, from the environment.</summary>
    /// <exception cref="UsageException">There is none, or the file can't be read.</exception>
    public static Password Of(DoctorArguments arguments, IConfiguration configuration)
    {
        string? text = arguments.PasswordFile is { } file ? Read(file) : configuration[DoctorArguments.PasswordSetting];
        return string.IsNullOrEmpty(text)
            ? throw new UsageException($"--username needs a password: --password-file, or {DoctorArguments.PasswordSetting} in the environment.")
            : new Password(text);
    }

    public override string ToString() => "(password)";

    /// <summary>Without the line break that editors put at a file's end.</summary>
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException("The password file can't be read.");
        }
    }
}
