using ServerlessChat.Bench;
using ServerlessChat.Bench.Stub;

// What the function app costs: its start, a message, a page of history, a message from socket to socket. See bench/README.md.
const string Usage = """
    Usage: dotnet run -c Release --project bench/Chat -- COMMAND [OPTIONS]
      start [--runs 10] [--storage stub|azurite] [--app DIR,DIR] [--bare DIR]
      routes [--requests 500] [--rounds 3] [--storage stub|azurite] [--app DIR] [--emulator DIR]
      post  [--senders 16] [--groups 1] [--seconds 10] [--rounds 3] [--requests N] [--storage stub|azurite] [--app DIR]
      page  [--readers 16] [--seconds 10] [--rounds 3] [--requests N] [--storage stub|azurite] [--app DIR]
      sockets [--receivers 100] [--senders 8] [--rate N] [--seconds 10] [--rounds 3] [--storage stub|azurite] [--app DIR] [--emulator DIR]
      stub  [--port 0]
    """;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true; // The children are ended on the way out.
    stop.Cancel();
};

try
{
    switch (args)
    {
        case ["start", .. var rest]:
            await StartBench.RunAsync(StartOptions.From(new Arguments(rest)), stop.Token);
            return 0;
        case ["routes", .. var rest]:
            await RouteBench.RunAsync(new Arguments(rest), stop.Token);
            return 0;
        case ["post", .. var rest]:
            await PostBench.RunAsync(LoadOptions.From(new Arguments(rest), "senders", writes: true), stop.Token);
            return 0;
        case ["page", .. var rest]:
            await PageBench.RunAsync(LoadOptions.From(new Arguments(rest), "readers", writes: false), stop.Token);
            return 0;
        case ["sockets", .. var rest]:
            await SocketBench.RunAsync(SocketOptions.From(new Arguments(rest)), stop.Token);
            return 0;
        case ["stub", .. var rest]:
            await StubServer.RunAsync(new Arguments(rest).Number("port", 0, 0, 65535), stop.Token);
            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (BenchException e)
{
    Console.Error.WriteLine($"bench: {e.Message}");
    return 1;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 130;
}
