using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessChat.Accounts;
using ServerlessChat.Groups;
using ServerlessChat.Messages;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Faults;

namespace ServerlessChat.Tests.Messages;

/// <summary>One storage account behind a fault proxy, and as many instances of the log on it as a test wants.</summary>
internal sealed class LogFixture : IAsyncDisposable
{
    private LogFixture(TableProxy proxy) => Proxy = proxy;

    public TableProxy Proxy { get; }

    public static async Task<LogFixture> StartAsync(AzuriteFixture azurite) => new(await TableProxy.StartAsync(azurite.NewConnectionString()));

    /// <summary>An instance of its own: it shares nothing with another but the storage.</summary>
    public ConversationLog NewLog(IPublisher? publisher = null) =>
        new(NewTables(), publisher ?? new SilentPublisher(), TimeProvider.System, NullLogger<ConversationLog>.Instance);

    public ChatTables NewTables() => new(new TableServiceClient(Proxy.ConnectionString));

    /// <summary>A group's conversation with an empty log.</summary>
    public static async Task<ConversationId> CreateAsync(ConversationLog log)
    {
        var id = ConversationId.Of(Slug.Parse("room-" + Keys.NewId()[..8])!, new GroupId(Keys.NewId()));
        Assert.True(await log.TryCreateAsync(id, new Dictionary<string, object?>(StringComparer.Ordinal), [], TestContext.Current.CancellationToken));
        return id;
    }

    public static NewMessage Message(string text, string? clientId = null, string sender = "aa") =>
        new(new AccountId(sender.PadRight(32, '0')), "سارا", text, clientId);

    public ValueTask DisposeAsync() => Proxy.DisposeAsync();
}

/// <summary>Remembers what was published, in the order of the calls.</summary>
internal sealed class RecordingPublisher : IPublisher
{
    public ConcurrentQueue<Entry> Published { get; } = new();

    /// <summary>Called first; may fail or take its time.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    public async Task<bool> PublishAsync(ConversationHead conversation, IReadOnlyList<Entry> entries, CancellationToken cancellationToken)
    {
        await Before();
        foreach (Entry entry in entries)
        {
            Published.Enqueue(entry);
        }

        return true;
    }
}
