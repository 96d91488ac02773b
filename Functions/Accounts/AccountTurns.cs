namespace ServerlessChat.Accounts;

/// <summary>
/// One at a time per username, in this instance: guesses sent at once can't all be checked before the first of them has
/// counted, and logins of one account don't trip over each other's conditional writes.
/// </summary>
internal sealed class AccountTurns : IDisposable
{
    /// <summary>Usernames share this many lines; who shares one waits a little longer and sees nothing else of it.</summary>
    private const int Lines = 256;

    private readonly SemaphoreSlim[] _lines = [.. Enumerable.Range(0, Lines).Select(_ => new SemaphoreSlim(1, 1))];

    /// <param name="partition">32 hexadecimal digits (<see cref="Storage.Keys.User"/>).</param>
    public async Task<IDisposable> TakeAsync(string partition, CancellationToken cancellationToken)
    {
        SemaphoreSlim line = _lines[Convert.ToByte(partition[..2], 16)];
        await line.WaitAsync(cancellationToken);
        return new Turn(line);
    }

    public void Dispose() => Array.ForEach(_lines, line => line.Dispose());

    private sealed class Turn(SemaphoreSlim line) : IDisposable
    {
        public void Dispose() => line.Release();
    }
}
