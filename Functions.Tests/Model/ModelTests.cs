using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Model;

/// <summary>
/// Whatever five people do in a public group, a private group and private chats: after every step the API says what a plain model in memory says. A failure prints the shortest
/// steps that were found for it and the seed.
/// </summary>
/// <remarks>
/// Environment: <c>MODEL_SEED</c> (a number, as a failure prints it) repeats a run; <c>MODEL_RUNS</c> and <c>MODEL_STEPS</c> make a longer one.
/// </remarks>
public sealed class ModelTests(ContractHost contract) : IClassFixture<ContractHost>
{
    private const int Runs = 12;
    private const int StepsEach = 30;
    private static readonly TimeSpan ShrinkLimit = TimeSpan.FromMinutes(3);

    private readonly RunningChat _host = contract.Host;
    private readonly string _seed = Environment.GetEnvironmentVariable("MODEL_SEED") is { Length: > 0 } given ? given : $"{RandomNumberGenerator.GetInt32(int.MaxValue)}";
    private long? _firstFailure;

    [Fact]
    public void The_Api_Does_What_The_Model_Does()
    {
        int steps = Number("MODEL_STEPS", StepsEach);
        Gen<Script> scripts = Steps.Any.ListOf(steps).Select(list => new Script([.. list]));
        Config config = Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(Number("MODEL_RUNS", Runs))
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(ulong.Parse(_seed, CultureInfo.InvariantCulture)), FSharpOption<int>.None)));
        Check.One(config, Prop.ForAll(Arb.From(scripts, ShrinkInTime), script => Task.Run(() => PlayAsync(script)).GetAwaiter().GetResult()));
    }

    private async Task PlayAsync(Script script)
    {
        Stage stage = await Stage.SetAsync(_host, $"-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        int taken = 0;
        try
        {
            foreach (Step step in Steps.Beginning)
            {
                await stage.TakeAsync(step);
            }

            foreach (Step step in script.Steps)
            {
                taken++;
                await stage.CheckAsync(await stage.TakeAsync(step));
            }

            await stage.CheckAllAsync();
        }
        catch (Exception e)
        {
            script.FailedAfter = taken;
            _firstFailure ??= TimeProvider.System.GetTimestamp();
            throw new InvalidOperationException($"{e.Message}\nAfter\n  {stage.Done}\nRepeat it all with MODEL_SEED={_seed}", e);
        }
        finally
        {
            await stage.ClearAsync();
        }
    }

    private IEnumerable<Script> ShrinkInTime(Script script) =>
        script.Shrink().TakeWhile(_ => _firstFailure is not { } start || TimeProvider.System.GetElapsedTime(start) < ShrinkLimit);

    private static int Number(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
