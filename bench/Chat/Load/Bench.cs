using ServerlessChat.Bench.Processes;

namespace ServerlessChat.Bench.Load;

/// <summary>Storage, function app, for sockets the emulator, and people who are signed in: what the loops need.</summary>
internal sealed class Bench : IAsyncDisposable
{
    // Signing up is not what is measured here; the least that the app takes.
    private const int PasswordIterations = 10_000;

    private readonly List<Publication> _publications = [];

    private Bench(Storage storage, EmulatorProcess? emulator, FunctionApp app)
    {
        Storage = storage;
        Emulator = emulator;
        App = app;
        Chat = new ChatClient(app);
    }

    /// <summary>Null without sockets.</summary>
    public EmulatorProcess? Emulator { get; }

    public Storage Storage { get; }

    public FunctionApp App { get; }

    public ChatClient Chat { get; }

    /// <summary>Of the groups' owner, who neither sends nor reads: the owner's requests cost one storage operation less.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>Tokens, one for each worker.</summary>
    public IReadOnlyList<string> People { get; private set; } = [];

    /// <param name="emulator">Where the emulator was published to before; null publishes it anew.</param>
    public static async Task<Bench> StartAsync(LoadOptions options, CancellationToken cancellationToken, string? emulator = null, bool hasSockets = false)
    {
        var publications = new List<Publication>();
        string app = options.App ?? await PublishAsync(Publication.JitAsync);
        Storage storage = await Storage.StartAsync(options.Storage, cancellationToken);
        (EmulatorProcess Emulator, int Port)? sockets = null;
        if (hasSockets)
        {
            int port = Ports.Free();
            sockets = (await EmulatorProcess.StartAsync(emulator ?? await PublishAsync(Publication.EmulatorAsync), port, cancellationToken), port);
        }

        var bench = new Bench(storage, sockets?.Emulator, await FunctionApp.StartAsync(app, storage, PasswordIterations, cancellationToken, sockets));
        bench._publications.AddRange(publications);
        await bench.SignUpAsync(options.Workers, cancellationToken);
        return bench;

        async Task<string> PublishAsync(Func<CancellationToken, Task<Publication>> publish)
        {
            publications.Add(await publish(cancellationToken));
            return publications[^1].Directory;
        }
    }

    /// <summary>Makes a group that the workers of its number are members of.</summary>
    public async Task CreateGroupAsync(string slug, IEnumerable<int> members, CancellationToken cancellationToken)
    {
        await Chat.CreateGroupAsync(Owner, slug, cancellationToken);
        foreach (int member in members)
        {
            await Chat.JoinAsync(People[member], slug, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Chat.Dispose();
        await App.DisposeAsync();
        await (Emulator?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Storage.DisposeAsync();
        _publications.ForEach(publication => publication.Dispose());
    }

    private async Task SignUpAsync(int count, CancellationToken cancellationToken)
    {
        Owner = await Chat.RegisterAndLoginAsync("owner", cancellationToken);
        var people = new List<string>();
        for (int i = 0; i < count; i++)
        {
            people.Add(await Chat.RegisterAndLoginAsync($"کاربر{i}", cancellationToken));
        }

        People = people;
    }
}
