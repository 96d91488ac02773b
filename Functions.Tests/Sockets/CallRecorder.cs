using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using ServerlessChat.Hosting;
using ServerlessChat.WebPubSub;

namespace ServerlessChat.Tests.Sockets;

/// <summary>Sees every call to Web PubSub, repeats too, and does harm to those that a test picks.</summary>
internal sealed class CallRecorder : HttpPipelinePolicy
{
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Runs in place of a call; null lets it pass.</summary>
    public Func<HttpMessage, Task>? Fault { get; set; }

    /// <summary>Runs before a call that passes: to hold it back.</summary>
    public Func<HttpMessage, Task>? Before { get; set; }

    /// <summary>For <see cref="ChatHostOptions.Configure"/>: the app's clients with this in their pipelines.</summary>
    public void Use(IServiceCollection services, string connectionString) => services.AddSingleton(new WebPubSubConnector(hub =>
    {
        var options = new WebPubSubServiceClientOptions();
        options.AddPolicy(this, HttpPipelinePosition.PerRetry);
        return new WebPubSubServiceClient(connectionString, hub, options);
    }));

    /// <summary>Waits until calls have begun that start with this, and forgets all that were seen.</summary>
    /// <param name="calls">Each <c>method path</c>, in any order.</param>
    public async Task WaitForAsync(params string[] calls)
    {
        foreach (string call in calls)
        {
            await Eventually.Async(() => Calls.Any(seen => seen.StartsWith(call, StringComparison.Ordinal)), $"{call}; there were {string.Join(", ", Calls)}");
        }

        Calls.Clear();
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Calls.Enqueue($"{message.Request.Method} {message.Request.Uri.Path}");
        if (Fault is { } fault)
        {
            await fault(message);
        }
        else
        {
            await (Before?.Invoke(message) ?? Task.CompletedTask);
            await ProcessNextAsync(message, pipeline);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The app calls asynchronously.");
}
