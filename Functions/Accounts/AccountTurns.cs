using ServerlessChat.Hosting;

namespace ServerlessChat.Accounts;

/// <summary>
/// One at a time per username, in this instance: guesses sent at once can't all be checked before the first of them has
/// counted, and logins of one account don't trip over each other's conditional writes.
/// </summary>
internal sealed class AccountTurns : IDisposable
{
    /// <summary>Usernames share this many lines; who shares one waits a little longer and sees nothing else of it.</summary>
    private const int Lines = 256;

    /// <summary>Requests that may wait in one line; the next is answered 503. A flood on one name must not keep its neighbours waiting for long.</summary>
    private const int MaxWaiting = 16;

    private readonly int[] _waiting = new int[Lines];
    private readonly SemaphoreSlim[] _lines = [.. Enumerable.Range(0, Lines).Select(_ => new SemaphoreSlim(1, 1))];

    /// <exception cref="ApiProblemException">503: too many wait.</exception>
    /// <param name="partition">32 hexadecimal digits (<see cref="Storage.Keys.User"/>).</param>
    public async Task<IDisposable> TakeAsync(string partition, CancellationToken cancellationToken)
    {
        int line = Convert.ToByte(partition[..2], 16);
        try
        {
            if (Interlocked.Increment(ref _waiting[line]) > MaxWaiting)
            {
                throw new ApiProblemException(ApiProblem.Of(Errors.Unavailable, retryAfter: TimeSpan.FromSeconds(1)));
            }

            await _lines[line].WaitAsync(cancellationToken);
            return new Turn(_lines[line]);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting[line]);
        }
    }

    public void Dispose() => Array.ForEach(_lines, line => line.Dispose());

    private sealed class Turn(SemaphoreSlim line) : IDisposable
    {
        public void Dispose() => line.Release();
    }
}
