using System.Diagnostics;
using ServerlessChat.Local;
using ServerlessChat.Local.Gateway;

// The local run: Azurite, the emulator of Web PubSub, the function app and the gateway, until Ctrl-C. Or, with "doctor", the function app's own check of all that.
using var stop = new StopSignal();
try
{
    LocalOptions options = LocalOptions.FromEnvironment();
    if (args is ["doctor", .. var arguments])
    {
        using Process doctor = Process.Start(FunctionAppProcess.StartInfo(options, ["doctor", "--url", options.Gateway, .. arguments]))!;
        await doctor.WaitForExitAsync();
        return doctor.ExitCode;
    }

    Ports.RequireFree(options);
    await using var children = new Children();
    if (options.HasAzurite)
    {
        await AzuriteProcess.InstallAsync(options, stop.Token);
        await children.AddAsync(AzuriteProcess.Start(options), stop.Token);
    }

    if (options.HasEmulator)
    {
        await children.AddAsync(EmulatorProcess.Start(options), stop.Token);
    }

    await children.AddAsync(FunctionAppProcess.Start(options), stop.Token);
    await using var gateway = await LocalGateway.StartAsync(
        new GatewayOptions(options.GatewayPort, new Uri(options.Functions), new Uri(options.WebPubSub)), stop.Token);
    var sweep = SweepTimer.RunAsync(options, stop.Token);

    Banner.Write(options);
    ChildProcess? ended = await children.FirstToEndAsync(stop.Token);
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
