using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ServerlessChat.Hosting;

/// <summary>What makes an ASP.NET Core app a custom handler of the Azure Functions host: where it listens and how it ends.</summary>
public static class CustomHandler
{
    /// <summary>Bytes of a request body.</summary>
    public const int MaxBodySize = 64 * 1024;

    /// <summary>
    /// Bytes that the server reads of a body that was refused. Beyond them the connection is cut, and where the host is still sending, the
    /// caller gets the host's 502 and not our answer.
    /// </summary>
    internal const int MaxDiscardedSize = 4 * 1024 * 1024;

    /// <summary>The Functions host names the port to listen on here; 0 takes a free one.</summary>
    public const string PortSetting = "FUNCTIONS_CUSTOMHANDLER_PORT";

    private const string WorkerIdSetting = "FUNCTIONS_CUSTOMHANDLER_WORKER_ID";

    private const int DefaultPort = 7071;

    /// <summary>Listens on the loopback address alone, whatever <c>ASPNETCORE_URLS</c> says: the app may inherit the host's own.</summary>
    public static void AddCustomHandler(this WebApplicationBuilder builder)
    {
        int port = Port(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxDiscardedSize;
        });

        // The caller is the Functions host on this machine; it overwrites these headers, so they can be believed.
        builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders =
            ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost);
    }

    /// <summary>
    /// After an orderly stop: 0, but 200 under the Functions host. It takes 0 for "done", never starts the process again and fails
    /// every later call; 200 is its word for "start me again", and isn't counted as a crash.
    /// </summary>
    public static int StoppedExitCode(IConfiguration configuration) => configuration[WorkerIdSetting] is null ? 0 : 200;

    private static int Port(ConfigurationManager configuration)
    {
        string? text = configuration[PortSetting];
        if (string.IsNullOrEmpty(text))
        {
            return DefaultPort;
        }

        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port)
            ? port
            : throw new OptionsValidationException(PortSetting, typeof(int), [$"{PortSetting} must be a port number, 0 to 65535."]);
    }
}
