using ServerlessChat.Bench.Processes;

namespace ServerlessChat.Bench.Load;

/// <summary>Storage, function app, and people who are signed in: what the loops need.</summary>
internal sealed class Bench : IAsyncDisposable
{
    // Signing up is not what is measured here; the least that the app takes.
    private const int PasswordIterations = 10_000;

    private readonly Publication? _publication;

    private Bench(Publication? publication, Storage storage, FunctionApp app)
    {
        _publication = publication;
        Storage = storage;
        App = app;
        Chat = new ChatClient(app);
    }

    public Storage Storage { get; }

    public FunctionApp App { get; }

    public ChatClient Chat { get; }

    /// <summary>Of the groups' owner, who neither sends nor reads: the owner's requests cost one storage operation less.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>Tokens, one for each worker.</summary>
    public IReadOnlyList<string> People { get; private set; } = [];

    public static async Task<Bench> StartAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        Publication? publication = options.App is null ? await Publication.JitAsync(cancellationToken) : null;
        Storage storage = await Storage.StartAsync(options.Storage, cancellationToken);
        FunctionApp app = await FunctionApp.StartAsync(options.App ?? publication!.Directory, storage, PasswordIterations, cancellationToken);
        var bench = new Bench(publication, storage, app);
        bench.Owner = await bench.Chat.RegisterAndLoginAsync("owner", cancellationToken);
        var people = new List<string>();
        for (int i = 0; i < options.Workers; i++)
        {
            people.Add(await bench.Chat.RegisterAndLoginAsync($"کاربر{i}", cancellationToken));
        }

        bench.People = people;
        return bench;
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
        await Storage.DisposeAsync();
        _publication?.Dispose();
    }
}
