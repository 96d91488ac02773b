using Microsoft.Extensions.Options;
using ServerlessChat.Accounts;
using ServerlessChat.Accounts.Passwords;
using ServerlessChat.Hosting;

namespace ServerlessChat.Tests.Accounts;

public sealed class PasswordHashingTests
{
    private const int Few = 10_000;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_The_Password_Matches_Its_Hash()
    {
        using PasswordHashing hashing = Hashing(Few);
        string hash = await hashing.HashAsync("\u0631\u0645\u0632-lamp", Cancellation);
        Assert.Equal(PasswordMatch.Right, await hashing.VerifyAsync(hash, "\u0631\u0645\u0632-lamp", Cancellation));
        Assert.Equal(PasswordMatch.Wrong, await hashing.VerifyAsync(hash, "\u0631\u0645\u0632-Lamp", Cancellation));
        Assert.Equal(PasswordMatch.Wrong, await hashing.VerifyAsync(hash, "", Cancellation));
    }

    [Fact]
    public async Task The_Same_Password_Never_Has_The_Same_Hash_Twice()
    {
        using PasswordHashing hashing = Hashing(Few);
        Assert.NotEqual(await hashing.HashAsync("lamp-lamp", Cancellation), await hashing.HashAsync("lamp-lamp", Cancellation), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_Hash_With_Fewer_Iterations_Is_Right_But_Weak()
    {
        using PasswordHashing before = Hashing(Few);
        using PasswordHashing after = Hashing(2 * Few);
        string hash = await before.HashAsync("lamp-lamp", Cancellation);
        Assert.Equal(PasswordMatch.RightButWeak, await after.VerifyAsync(hash, "lamp-lamp", Cancellation));
        Assert.Equal(PasswordMatch.Wrong, await after.VerifyAsync(hash, "lamp-lump", Cancellation));
    }

    [Fact]
    public async Task Nobody_Has_No_Password_And_As_Many_Iterations_As_Anyone()
    {
        using PasswordHashing hashing = Hashing(Few);
        Assert.Equal(PasswordMatch.Wrong, await hashing.VerifyAsync(hash: null, "lamp-lamp", Cancellation));
        Assert.Equal(PasswordMatch.Wrong, await hashing.VerifyAsync(hash: null, "", Cancellation));
    }

    [Fact]
    public async Task Who_Finds_The_Line_Full_Is_Told_To_Come_Back()
    {
        using PasswordHashing hashing = Hashing(2_000_000, waiting: 1);
        using var leave = new CancellationTokenSource();
        Task<string>[] taken = [.. Enumerable.Range(0, Environment.ProcessorCount + 1).Select(_ => hashing.HashAsync("lamp-lamp", leave.Token))];
        ApiProblemException refused = await Assert.ThrowsAsync<ApiProblemException>(() => hashing.HashAsync("lamp-lamp", Cancellation));
        Assert.Equal(Errors.Unavailable, refused.Problem.Kind);
        Assert.NotNull(refused.Problem.RetryAfter);

        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taken[^1]);
        await Task.WhenAll(taken[..^1]);
    }

    private static PasswordHashing Hashing(int iterations, int waiting = 100) =>
        new(Options.Create(new AccountOptions { PasswordIterations = iterations, MaxWaitingForHash = waiting }));
}
