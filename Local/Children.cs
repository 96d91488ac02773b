namespace ServerlessChat.Local;

/// <summary>The programs that were started, ended in the opposite order.</summary>
internal sealed class Children : IAsyncDisposable
{
    private readonly List<ChildProcess> _children = [];

    /// <summary>Takes over a program that was just started, and waits until it answers.</summary>
    /// <exception cref="LocalException">It ended, or took too long.</exception>
    public Task AddAsync(ChildProcess child, CancellationToken cancellationToken)
    {
        _children.Add(child);
        return child.WaitUntilReadyAsync(cancellationToken);
    }

    /// <summary>The first to end by itself; null when this program is being stopped.</summary>
    public Task<ChildProcess?> FirstToEndAsync(CancellationToken cancellationToken) => ChildProcess.FirstToEndAsync([.. _children], cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (ChildProcess child in Enumerable.Reverse(_children))
        {
            await child.DisposeAsync();
        }
    }
}
