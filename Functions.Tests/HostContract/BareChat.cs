using ServerlessChat.Storage;
using ServerlessChat.Tables;
using ServerlessChat.Tests.HostContract.Host;

namespace ServerlessChat.Tests.HostContract;

/// <summary>The package's program started by hand: nothing stands before it.</summary>
internal sealed class BareChat : RunningChat
{
    private readonly Worker _worker;

    private BareChat(Worker worker, int port, string connectionString)
    {
        _worker = worker;
        Address = new Uri($"http://127.0.0.1:{port}/");
        Tables = new ChatTables(new TableServiceClient(connectionString));
    }

    public override Uri Address { get; }

    public override ChatTables Tables { get; }

    public static async Task<BareChat> StartAsync(string connectionString)
    {
        ScriptRoot root = ScriptRoot.Read(await Package.FolderAsync());
        int port = FreePorts.Next();
        var output = new WorkerOutput(_ => { }, _ => { });
        var chat = new BareChat(Worker.Start(root, port, PublishedChat.Settings(connectionString), output, new HostLimits()), port, connectionString);
        using HttpClient client = chat.Anonymous();
        bool isThere = await chat._worker.IsReadyAsync(client, chat.Address, TestContext.Current.CancellationToken);
        return isThere ? chat : throw new InvalidOperationException($"It ended. {output.Last}");
    }

    public override async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await base.DisposeAsync();
    }
}
