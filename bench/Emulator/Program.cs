using EmulatorBench;

return args switch
{
    ["serve", var kind] => await Servers.RunAsync(kind),
    ["fanout", .. var rest] => await Fanout.RunAsync(Number(rest, 0, 100), Number(rest, 1, 20_000), Number(rest, 2, 1)),
    ["idle", .. var rest] => await Idle.RunAsync(Number(rest, 0, 1000)),
    ["churn", .. var rest] => await Churn.RunAsync(Number(rest, 0, 1000), Number(rest, 1, 10)),
    _ => Usage(),
};

static int Number(string[] args, int index, int otherwise) => args.Length > index ? int.Parse(args[index]) : otherwise;

static int Usage()
{
    Console.Error.WriteLine("fanout [receivers] [messages] [senders] | idle [sockets] | churn [per second] [seconds]");
    return 2;
}
