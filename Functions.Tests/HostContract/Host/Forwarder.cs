using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>The host's proxying mode: YARP's forwarder, as in the host, with the host's headers and repeated sends.</summary>
internal sealed class Forwarder(IHttpForwarder forwarder, WorkerKeeper workers, HostLimits limits) : IDisposable
{
    /// <summary>On every call of the worker, whatever triggered it; what a client wrote there is overwritten.</summary>
    public const string InvocationId = "X-Azure-Functions-InvocationId";
    public const string HostVersion = "X-Azure-Functions-HostVersion";
    public const string Version = "4.1052.0";

    private readonly ForwarderRequestConfig _config = new() { ActivityTimeout = limits.Activity };

    private readonly RepeatedSends _sends = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = DistributedContextPropagator.CreatePassThroughPropagator(),
    });

    private HttpMessageInvoker? _invoker;

    /// <summary>The answer to the next request that this holds for is lost on its way to the host, which then sends it again.</summary>
    public Func<HttpRequestMessage, bool>? LoseAnswer
    {
        set => _sends.LoseAnswer = value;
    }

    public async Task ForwardAsync(HttpContext context)
    {
        _invoker ??= new HttpMessageInvoker(_sends);
        context.Request.Headers[InvocationId] = Guid.NewGuid().ToString();
        context.Request.Headers[HostVersion] = Version;
        ForwarderError error = await forwarder.SendAsync(
            context, workers.Address.GetLeftPart(UriPartial.Authority), _invoker, _config, Headers.Instance, context.RequestAborted);
        if (error is not ForwarderError.None && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers[FunctionsHost.Mark] = "1";
            await context.Response.WriteAsync($"{error} of process {workers.Started}. {workers.Last}", context.RequestAborted);
        }
    }

    public void Dispose()
    {
        _invoker?.Dispose();
        _sends.Dispose();
    }

    private sealed class Headers : HttpTransformer
    {
        public static readonly Headers Instance = new();

        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.Headers.Host = null; // The worker's own address; the public one stands in X-Forwarded-Host.
            Set("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
            Set("X-Forwarded-Proto", httpContext.Request.Scheme);
            Set("X-Forwarded-Host", httpContext.Request.Host.ToUriComponent());

            void Set(string name, string? value)
            {
                proxyRequest.Headers.Remove(name);
                proxyRequest.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    /// <summary>Ten tries, 50 ms apart, doubling up to 250 ms. So the worker may get a request twice; one whose body was begun fails instead.</summary>
    private sealed class RepeatedSends(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        private const int Tries = 10;

        private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(250);

        private Func<HttpRequestMessage, bool>? _loseAnswer;

        public Func<HttpRequestMessage, bool>? LoseAnswer
        {
            set => _loseAnswer = value;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            TimeSpan delay = TimeSpan.FromMilliseconds(50);
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    HttpResponseMessage answer = await base.SendAsync(request, cancellationToken);
                    return IsLost(request) ? throw Lost(answer) : answer;
                }
                catch (HttpRequestException) when (attempt < Tries)
                {
                    await Task.Delay(delay, TimeProvider.System, cancellationToken);
                    delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
                }
            }
        }

        private bool IsLost(HttpRequestMessage request)
        {
            if (_loseAnswer?.Invoke(request) != true)
            {
                return false;
            }

            _loseAnswer = null;
            return true;
        }

        private static HttpRequestException Lost(HttpResponseMessage answer)
        {
            answer.Dispose();
            return new HttpRequestException("The connection was lost.");
        }
    }
}
