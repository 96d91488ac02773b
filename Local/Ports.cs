using System.Net;
using System.Net.Sockets;

namespace ServerlessChat.Local;

/// <summary>Checked before anything is started: a program that finds its port taken says so in its own way, or not at all.</summary>
internal static class Ports
{
    /// <exception cref="LocalException">A port is taken, or two are the same.</exception>
    public static void RequireFree(LocalOptions options)
    {
        (int Port, string Whose, string Variable)[] needed =
        [
            (options.GatewayPort, "the gateway", "GATEWAY_PORT"),
            (options.FunctionsPort, "the function app", "FUNCTIONS_PORT"),
            .. options.HasEmulator ? [(options.EmulatorPort, "the emulator of Web PubSub", "EMULATOR_PORT")] : Array.Empty<(int, string, string)>(),
            .. options.HasAzurite ? [(options.TablesPort, "Azurite", "TABLES_PORT")] : Array.Empty<(int, string, string)>(),
        ];
        if (needed.GroupBy(port => port.Port).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new LocalException($"{string.Join(" and ", twice.Select(port => port.Variable))} are both {twice.Key}.");
        }

        foreach ((int port, string whose, string variable) in needed)
        {
            RequireFree(port, whose, variable);
        }
    }

    private static void RequireFree(int port, string whose, string variable)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // As the programs themselves bind: a port that only lingers after its last owner is free.
            if (!OperatingSystem.IsWindows())
            {
                socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);
            }

            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(1);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            throw new LocalException($"port {port} of {whose} is taken; end the program that has it, or set {variable} to a free port.");
        }
    }
}
