using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ServerlessChat.Hosting;

namespace ServerlessChat.Accounts.Passwords;

/// <summary>What a password was, compared with a hash.</summary>
internal enum PasswordMatch
{
    Wrong,
    Right,

    /// <summary>Right, and its hash has fewer iterations than are asked for now.</summary>
    RightButWeak,
}

/// <summary>Hashes passwords: ASP.NET Core's format 3, PBKDF2-HMAC-SHA512 with a salt of 128 bits.</summary>
/// <remarks>
/// A hash takes a processor for about a tenth of a second. No more run at once than there are processors, each on a thread of
/// its own, so that the thread pool stays free for chat; the rest wait in line, and beyond a limit get 503.
/// </remarks>
internal sealed class PasswordHashing : IDisposable
{
    private static readonly TimeSpan FullRetryAfter = TimeSpan.FromSeconds(5);
    private readonly PasswordHasher<AccountProfile> _hasher;
    private readonly ConcurrencyLimiter _processors;
    private readonly string _hashOfNobody;

    public PasswordHashing(IOptions<AccountOptions> options)
    {
        int iterations = options.Value.PasswordIterations;
        _hasher = new PasswordHasher<AccountProfile>(Options.Create(new PasswordHasherOptions
        {
            CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV3,
            IterationCount = iterations,
        }));
        _processors = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = Environment.ProcessorCount,
            QueueLimit = options.Value.MaxWaitingForHash,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        _hashOfNobody = HashOfNobody(iterations);
    }

    /// <exception cref="ApiProblemException">503: too many wait already.</exception>
    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        RunAsync(() => _hasher.HashPassword(null!, password), cancellationToken);

    /// <summary>Compares in the same time whether or not there is a hash to compare with.</summary>
    /// <param name="hash">Null when nobody has that name: the answer is <see cref="PasswordMatch.Wrong"/>.</param>
    /// <param name="password">A well-formed text (<see cref="PasswordRules.CanBePassword"/>).</param>
    /// <exception cref="ApiProblemException">503: too many wait already.</exception>
    public async Task<PasswordMatch> VerifyAsync(string? hash, string password, CancellationToken cancellationToken)
    {
        PasswordVerificationResult result = await RunAsync(
            () => _hasher.VerifyHashedPassword(null!, hash ?? _hashOfNobody, password), cancellationToken);
        return result switch
        {
            PasswordVerificationResult.Success => PasswordMatch.Right,
            PasswordVerificationResult.SuccessRehashNeeded => PasswordMatch.RightButWeak,
            _ => PasswordMatch.Wrong,
        };
    }

    public void Dispose() => _processors.Dispose();

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        using RateLimitLease turn = await _processors.AcquireAsync(permitCount: 1, cancellationToken);
        return turn.IsAcquired
            ? await Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            : throw new ApiProblemException(ApiProblem.Of(Errors.Unavailable, retryAfter: FullRetryAfter));
    }

    /// <summary>
    /// A hash that no password has, with as many iterations as a real one: format marker 1, then big-endian the function
    /// (2 is HMAC-SHA512), the iterations and the salt's length, then salt and key (ASP.NET Core, <c>PasswordHasher</c>).
    /// </summary>
    private static string HashOfNobody(int iterations)
    {
        const int saltLength = 16;
        const int header = 13;
        byte[] hash = RandomNumberGenerator.GetBytes(header + saltLength + 32);
        hash[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(1), 2);
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(5), iterations);
        BinaryPrimitives.WriteInt32BigEndian(hash.AsSpan(9), saltLength);
        return Convert.ToBase64String(hash);
    }
}
