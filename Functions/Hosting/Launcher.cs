using Microsoft.Extensions.Options;
using ServerlessChat.Doctor;
using ServerlessChat.Tables;

namespace ServerlessChat.Hosting;

/// <summary>
/// The process: serves until it is stopped; with <c>functions --output DIR</c> writes the Functions host's
/// <c>function.json</c> files and the API's document, and ends; with <c>doctor --url URL</c> examines an installation and ends.
/// </summary>
public static class Launcher
{
    private const int StartFailed = 1;

    /// <returns>The exit code; see <see cref="CustomHandler.StoppedExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return args switch
            {
                ["functions", ..] => await WriteFunctionsAsync(args),
                ["doctor", .. var rest] => await DoctorCommand.RunAsync(rest),
                _ => await ServeAsync(args),
            };
        }
        catch (Exception e) when (IsConfiguration(e))
        {
            // One line: the Functions host quotes the last lines of stderr, and nothing else, when the start fails.
            await Console.Error.WriteLineAsync($"The function app can't start: {OneLine(e)}");
            return StartFailed;
        }
    }

    private static async Task<int> ServeAsync(string[] args)
    {
        await using WebApplication app = Program.Build(args);
        app.Services.GetRequiredService<TableServiceClient>(); // A connection string that can't be read stops the start, not the first request.
        int stopped = CustomHandler.StoppedExitCode(app.Configuration);
        await app.RunAsync();
        return stopped;
    }

    private static async Task<int> WriteFunctionsAsync(string[] args)
    {
        if (args is not [_, "--output", var directory])
        {
            await Console.Error.WriteLineAsync("Usage: functions --output DIR");
            return StartFailed;
        }

        if (BuildFiles.CanBeMade)
        {
            await BuildFiles.WriteAsync(directory, CancellationToken.None);
            return 0;
        }

        await Console.Error.WriteLineAsync("This package has its files already; the program that was built makes them.");
        return StartFailed;
    }

    /// <summary>What an operator can mend: a setting that is missing or wrong, a port that is taken. Anything else crashes with its stack.</summary>
    private static bool IsConfiguration(Exception e) =>
        e is OptionsValidationException or InvalidDataException or FormatException or IOException or UnauthorizedAccessException
        || e.GetType() == typeof(InvalidOperationException);

    private static string OneLine(Exception e)
    {
        string text = e is OptionsValidationException options ? string.Join("; ", options.Failures) : e.Message;
        return text.ReplaceLineEndings(" ");
    }
}
