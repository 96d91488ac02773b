using Microsoft.Extensions.Logging.Console;

namespace ServerlessChat.Hosting;

/// <summary>Logs as one line of JSON each on stdout: the Functions host makes one trace of every line.</summary>
public static class JsonLogs
{
    /// <summary>Levels come from the section <c>Logging</c>.</summary>
    public static void AddJsonLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.AddJsonConsole(options =>
        {
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            options.JsonWriterOptions = new() { Indented = false };
        });

        // These write the whole address with its query, where a token may stand. A broader level never switches them on, not even
        // one that is set for the console: a rule for a provider goes before one for all.
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Azure.Core", LogLevel.Warning);
        builder.Logging.AddFilter<ConsoleLoggerProvider>("Azure.Identity", LogLevel.Warning);
    }
}
