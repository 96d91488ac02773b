using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ServerlessChat.Tests;

/// <param name="Text">The message with its values, and the exception's text.</param>
public sealed record LogEntry(LogLevel Level, string Category, string Text);

/// <summary>Keeps what the app logs, and knows what must not be in it.</summary>
public sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();
    private readonly ConcurrentBag<string> _secrets = [];

    public IReadOnlyCollection<LogEntry> Entries => _entries;

    /// <summary>What an app in another process has written.</summary>
    public void Keep(LogEntry entry) => _entries.Enqueue(entry);

    /// <summary>For a failure's message.</summary>
    public string Last() => $"The last of {_entries.Count} log entries:\n{string.Join('\n', _entries.TakeLast(10).Select(e => e.Text))}";

    public void AddSecret(string secret) => _secrets.Add(secret);

    public void AssertClean(bool errorsAreExpected)
    {
        LogEntry[] entries = [.. _entries];
        Assert.DoesNotContain(entries, e => _secrets.Any(s => e.Text.Contains(s, StringComparison.Ordinal)));
        if (!errorsAreExpected)
        {
            Assert.DoesNotContain(entries, e => e.Level >= LogLevel.Error);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _entries);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<LogEntry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new LogEntry(logLevel, category, $"{formatter(state, exception)} {exception}"));
    }
}
