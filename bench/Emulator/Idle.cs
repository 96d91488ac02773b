namespace EmulatorBench;

/// <summary>What idle sockets cost.</summary>
internal static class Idle
{
    private const double Mebibyte = 1024 * 1024;
    private const int WarmUpSockets = 100;

    public static async Task<int> RunAsync(int sockets)
    {
        foreach (var kind in new[] { Servers.BareSendAsync, Servers.BareBatched, Servers.Emulator })
        {
            using var server = await ServerProcess.StartAsync(kind);
            (await ConnectAsync(server, WarmUpSockets)).ForEach(receiver => receiver.Dispose());
            var (residentBefore, managedBefore) = await server.MeasureAsync();
            var connected = await ConnectAsync(server, sockets);
            var (resident, managed) = await server.MeasureAsync();
            Console.WriteLine(
                $"{kind,-15} per 1,000 idle sockets: {(resident - residentBefore) / Mebibyte * 1000 / sockets:F1} MiB resident, " +
                $"{(managed - managedBefore) / Mebibyte * 1000 / sockets:F1} MiB managed");
            connected.ForEach(receiver => receiver.Dispose());
        }

        return 0;
    }

    private static async Task<List<Receiver>> ConnectAsync(ServerProcess server, int count)
    {
        var result = new List<Receiver>();
        for (var i = 0; i < count; i++)
        {
            result.Add(await Receiver.ConnectAsync(server.Client));
        }

        return result;
    }
}
