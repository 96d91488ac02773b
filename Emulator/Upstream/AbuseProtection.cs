using System.Collections.Concurrent;

namespace Emulator.Upstream;

/// <summary>
/// The validation handshake of CloudEvents webhooks: an address gets events only after it has allowed this service's host. The first event waits for it;
/// an answer holds for a minute and is then renewed in the background.
/// </summary>
internal sealed partial class AbuseProtection(
    HttpClient http, EmulatorAddress address, WebPubSubEmulatorOptions options, ILogger<AbuseProtection> logger)
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Uri, Target> _targets = new();

    /// <returns>Whether the handler's address allows events from this service.</returns>
    public Task<bool> IsAllowedAsync(EventHandlerOptions handler, string hub)
    {
        var url = EventHandlers.UrlFor(handler, hub, "validate");
        return _targets.GetOrAdd(url, static _ => new()).GetAsync(() => ValidateAsync(url), options);
    }

    private async Task<bool> ValidateAsync(Uri url)
    {
        try
        {
            using var timeout = new CancellationTokenSource(options.UpstreamValidationTimeout, options.TimeProvider);
            var (status, allowed) = await AskAsync(HttpMethod.Options, url, timeout.Token);

            // Some hosts know no OPTIONS: the service then asks by GET.
            if (status == StatusCodes.Status404NotFound)
            {
                (status, allowed) = await AskAsync(HttpMethod.Get, url, timeout.Token);
            }

            if (!allowed)
            {
                Log.Refused(logger, url.GetLeftPart(UriPartial.Path), status);
            }

            return allowed;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            Log.Failed(logger, url.GetLeftPart(UriPartial.Path), e.Message);
            return false;
        }
    }

    private async Task<(int Status, bool Allowed)> AskAsync(HttpMethod method, Uri url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Add("WebHook-Request-Origin", address.Host);
        request.Headers.Add("ce-awpsversion", "1.0");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var origins = response.Headers.TryGetValues("WebHook-Allowed-Origin", out var values) ? values : [];
        return ((int)response.StatusCode, response.IsSuccessStatusCode && origins.SelectMany(Split).Any(IsThisService));
    }

    private static string[] Split(string header) => header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Helpers answer with a host, or with a host and port.
    private bool IsThisService(string origin) =>
        origin is "*"
        || origin.Equals(address.Host, StringComparison.OrdinalIgnoreCase)
        || origin.Equals(address.Authority, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is known of one address. Events that come while it is asked share the answer.</summary>
    private sealed class Target
    {
        private readonly Lock _lock = new();
        private Task<bool>? _known;
        private Task<bool>? _asking;
        private long _askedAt;

        public Task<bool> GetAsync(Func<Task<bool>> ask, WebPubSubEmulatorOptions options)
        {
            lock (_lock)
            {
                if (_asking is { IsCompleted: true })
                {
                    (_known, _asking) = (_asking.IsCompletedSuccessfully ? _asking : null, null);
                }

                var wasAllowed = _known is { IsCompletedSuccessfully: true, Result: true };
                var age = options.TimeProvider.GetElapsedTime(_askedAt);
                var isStale = _known is null || age >= (wasAllowed ? RefreshInterval : options.UpstreamValidationRetryDelay);
                if (isStale && _asking is null)
                {
                    _askedAt = options.TimeProvider.GetTimestamp();
                    _asking = ask();
                }

                return _asking is null || wasAllowed ? _known! : _asking;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Url} does not allow events from this service (HTTP {Status}).")]
        public static partial void Refused(ILogger logger, string url, int status);

        [LoggerMessage(2, LogLevel.Warning, "{Url} could not be asked whether it allows events: {Error}")]
        public static partial void Failed(ILogger logger, string url, string error);
    }
}
