using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ServerlessChat.Bench.Stub;

/// <summary>
/// A Table Storage in memory that answers at once: as much of the REST protocol as the function app speaks, and its guarantees
/// (atomic transactions, ETags, order of keys, 404, 409 and 412). Whoever asks is let in, and nothing outlives the process.
/// </summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/table-service-rest-api">Table service REST API</seealso>
internal static class StubServer
{
    public static async Task RunAsync(int port, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.AddSingleton(TimeProvider.System);
        await using WebApplication app = builder.Build();
        var store = new StubStore(TimeProvider.System);
        app.Run(context => StubProtocol.AnswerAsync(context, store));
        await app.StartAsync(cancellationToken);
        Console.WriteLine($"Table Storage stub: {string.Join(' ', app.Urls)}");
        await Task.WhenAny(OrphanedAsync(), Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken));
        await app.StopAsync(CancellationToken.None);
    }

    /// <summary>Ends when who started this program does, however that ends. By hand, in a terminal, it never does.</summary>
    private static Task OrphanedAsync() => Console.IsInputRedirected
        ? Console.OpenStandardInput().CopyToAsync(Stream.Null, CancellationToken.None)
        : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
}
