using ServerlessChat.Doctor.Net;
using ServerlessChat.Hosting;

namespace ServerlessChat.Doctor;

/// <summary>A run: what it was started with, and what its checks found out for those after them. Its end signs out and closes what is open.</summary>
internal sealed class Examination(DoctorArguments arguments, IServiceProvider services) : IAsyncDisposable
{
    private readonly List<DoctorSocket> _sockets = [];
    private WebPubSubOptions? _webPubSub;

    public DoctorArguments Arguments { get; } = arguments;

    /// <summary>The app's own services; asking for a part whose settings are wrong throws as it does in the app.</summary>
    public IServiceProvider Services { get; } = services;

    public TimeProvider Time { get; } = services.GetRequiredService<TimeProvider>();

    public DoctorHttp Http { get; } = new(arguments.Timeout, services.GetRequiredService<TimeProvider>());

    /// <summary>Settings that were found good.</summary>
    public WebPubSubOptions WebPubSub
    {
        get => _webPubSub ?? throw new InvalidOperationException("A check uses settings but does not need them.");
        set => _webPubSub = value;
    }

    public Uri ServiceUri => WebPubSub.ServiceUri()!;

    /// <summary>How Web PubSub calls itself in <c>WebHook-Request-Origin</c>.</summary>
    public string ServiceHost => ServiceUri.Host;

    /// <summary>The app's answer to <c>/health/</c>.</summary>
    public HttpReply? Health { get; set; }

    /// <summary>How far Web PubSub's clock is ahead of this machine's; null when it named no time.</summary>
    public TimeSpan? ServiceClock { get; set; }

    /// <summary>How far the app's clock is ahead of this machine's; null when it named no time.</summary>
    public TimeSpan? AppClock { get; set; }

    public Person? Person { get; set; }

    public DoctorSocket? Notifications { get; set; }

    public DoctorSocket? PrivateChat { get; set; }

    /// <summary>An address of the app.</summary>
    /// <param name="path">Without a slash at its start.</param>
    public Uri At(string path) => new(Arguments.Url, path);

    public DoctorSocket Keep(DoctorSocket socket)
    {
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>How far a clock is ahead of this machine's.</summary>
    public TimeSpan? Ahead(DateTimeOffset? date) => date - Time.GetUtcNow();

    public async ValueTask DisposeAsync()
    {
        foreach (DoctorSocket socket in _sockets)
        {
            await socket.DisposeAsync();
        }

        if (Person is not null)
        {
            await TidyAsync(call => Person.PostAsync(this, "chat/logout/", content: null, call));
        }

        Http.Dispose();
    }

    /// <summary>Makes a call that must be tried even when the run was interrupted. Null: it got no answer.</summary>
    public static async Task<HttpReply?> TidyAsync(Func<CancellationToken, Task<HttpReply>> call)
    {
        try
        {
            return await call(CancellationToken.None);
        }
        catch (FindingException)
        {
            return null;
        }
    }
}
