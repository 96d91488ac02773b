using System.Text.Json;
using Microsoft.Extensions.Logging;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.HostContract.Host;

namespace ServerlessChat.Tests.HostContract;

/// <summary>
/// The package behind the stand-in for the Functions host, spoken to as from outside. At its end it demands that every line of the program's
/// output is JSON, that none is an error or on stderr, and that no secret is among them.
/// </summary>
internal sealed class PublishedChat : RunningChat
{
    private PublishedChat(FunctionsHost host, LogCollector logs, string connectionString)
    {
        FunctionsHost = host;
        Logs = logs;
        Tables = new ChatTables(new TableServiceClient(connectionString));
    }

    public FunctionsHost FunctionsHost { get; }

    public override Uri Address => FunctionsHost.Address;

    public override ChatTables Tables { get; }

    /// <param name="connectionString">Of Table Storage.</param>
    /// <param name="settings">Beyond those that the app needs.</param>
    public static async Task<PublishedChat> StartAsync(string connectionString, params (string Name, string Value)[] settings)
    {
        var logs = new LogCollector();
        logs.AddSecret(TestKeys.AccountKey(connectionString));
        logs.AddSecret(TestKeys.TokenKey);
        Dictionary<string, string> all = Settings(connectionString);
        foreach ((string name, string value) in settings)
        {
            all[name] = value;
        }

        var output = new WorkerOutput(line => logs.Keep(Entry(line)), line => logs.Keep(new LogEntry(LogLevel.Error, "stderr", line)));
        FunctionsHost host = await FunctionsHost.StartAsync(await Package.FolderAsync(), all, output);
        return new PublishedChat(host, logs, connectionString);
    }

    public override bool IsOfHost(ApiAnswer answer) => answer.Header(FunctionsHost.Mark) is not null;

    /// <summary>The timer's sweep, as the host calls it.</summary>
    /// <returns>The invocation's logs.</returns>
    public Task<IReadOnlyList<string>> SweepAsync(CancellationToken cancellationToken) =>
        FunctionsHost.Timers.FireAsync(FunctionsHost.Root.Functions.Single(f => f.Name is "sweep"), cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await FunctionsHost.DisposeAsync();
        await base.DisposeAsync();
        Logs.AssertClean(errorsAreExpected: false);
    }

    private static LogEntry Entry(string line)
    {
        try
        {
            JsonElement json = JsonElement.Parse(line);
            return new LogEntry(Enum.Parse<LogLevel>(json.GetProperty("LogLevel").GetString()!), json.GetProperty("Category").GetString()!, line);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            // Thrown on, it would end the reading, and a program whose output nobody reads stands still.
            return new LogEntry(LogLevel.Error, "no JSON", line);
        }
    }

    /// <summary>The app settings of every test.</summary>
    internal static Dictionary<string, string> Settings(string connectionString) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Tables__ConnectionString"] = connectionString,
        ["Accounts__PasswordIterations"] = "10000",
        ["Messages__SendsPerSecond"] = "100000",
        ["Messages__SendBurst"] = "1000000",
        ["Signals__Burst"] = "1000000",
        ["Signals__PerSecond"] = "100000",
        ["Tokens__Keys__0__Id"] = "test",
        ["Tokens__Keys__0__Secret"] = TestKeys.TokenKey,
    };
}
