using ServerlessChat.Bench.Processes;

namespace ServerlessChat.Bench.Load;

/// <summary>Storage, function app, for sockets the emulator, and people who are signed in: what the loops need.</summary>
internal sealed class Bench : IAsyncDisposable
{
    // Signing up is not what is measured here; the least that the app takes.
    private const int PasswordIterations = 10_000;

    private readonly List<Publication> _publications = [];

    private Storage? _storage;
    private FunctionApp? _app;
    private ChatClient? _chat;

    private Bench()
    {
    }

    public Storage Storage => _storage!;

    /// <summary>Null without sockets.</summary>
    public EmulatorProcess? Emulator { get; private set; }

    public FunctionApp App => _app!;

    public ChatClient Chat => _chat!;

    /// <summary>Of the groups' owner, who neither sends nor reads: the owner's requests cost one storage operation less.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>Tokens, one for each worker.</summary>
    public IReadOnlyList<string> People { get; private set; } = [];

    /// <param name="emulator">Where the emulator was published to before; null publishes it anew.</param>
    public static async Task<Bench> StartAsync(LoadOptions options, CancellationToken cancellationToken, string? emulator = null, bool hasSockets = false)
    {
        var bench = new Bench();
        try
        {
            string app = options.App ?? await bench.PublishAsync(Publication.PackageAsync(cancellationToken));
            bench._storage = await Storage.StartAsync(options.Storage, cancellationToken);
            (EmulatorProcess Emulator, int Port)? sockets = null;
            if (hasSockets)
            {
                string directory = emulator ?? await bench.PublishAsync(Publication.EmulatorAsync(cancellationToken));
                int port = Ports.Free();
                bench.Emulator = await EmulatorProcess.StartAsync(directory, port, cancellationToken);
                sockets = (bench.Emulator, port);
            }

            bench._app = await FunctionApp.StartAsync(app, bench.Storage, PasswordIterations, cancellationToken, sockets);
            bench._chat = new ChatClient(bench.App);
            await bench.SignUpAsync(options.Workers, cancellationToken);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
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
        _chat?.Dispose();
        foreach (IAsyncDisposable? process in new IAsyncDisposable?[] { _app, Emulator, _storage })
        {
            await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        _publications.ForEach(publication => publication.Dispose());
    }

    private async Task<string> PublishAsync(Task<Publication> publishing)
    {
        _publications.Add(await publishing);
        return _publications[^1].Directory;
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
