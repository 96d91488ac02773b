using ServerlessChat.Local;

// The local run: Azurite and the function app, until Ctrl-C.
using var stop = new StopSignal();
try
{
    LocalOptions options = LocalOptions.FromEnvironment();
    Ports.RequireFree(options);
    await AzuriteProcess.InstallAsync(options, stop.Token);

    await using var azurite = AzuriteProcess.Start(options);
    await azurite.WaitUntilReadyAsync(stop.Token);
    await using var functions = FunctionAppProcess.Start(options);
    await functions.WaitUntilReadyAsync(stop.Token);
    var sweep = SweepTimer.RunAsync(options, stop.Token);

    Banner.Write(options);
    ChildProcess? ended = await ChildProcess.FirstToEndAsync([azurite, functions], stop.Token);
    return ended is null ? 0 : throw new LocalException(ended.Ending);
}
catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
{
    return 0;
}
catch (LocalException e)
{
    await Console.Error.WriteLineAsync($"Local: {e.Message}");
    return 1;
}
