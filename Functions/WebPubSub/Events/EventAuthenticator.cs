namespace ServerlessChat.WebPubSub.Events;

/// <summary>Which service may call, and how it proves that it is the one.</summary>
/// <param name="hosts">The service's host names, with or without port, in any case.</param>
/// <param name="signature">Where the service has access keys.</param>
/// <param name="identity">Where it has an identity. With both, either proof is enough.</param>
internal sealed class EventAuthenticator(IReadOnlyCollection<string> hosts, EventSignature? signature, IdentityTokens? identity)
{
    /// <summary>
    /// The answer to the validation handshake of CloudEvents webhooks (<c>WebHook-Request-Origin</c>): the origin when it is our service, null for anybody else's.
    /// </summary>
    public string? AllowedOrigin(string? origin) =>
        origin is not null && hosts.Any(host => string.Equals(host, origin, StringComparison.OrdinalIgnoreCase)
            || string.Equals(new Uri("http://" + host).Host, origin, StringComparison.OrdinalIgnoreCase)) ? origin : null;

    /// <summary>Whether a request is our service's.</summary>
    public async ValueTask<bool> IsAuthenticAsync(HttpRequest request, CancellationToken cancellationToken) =>
        signature?.IsValid(request.Headers["ce-connectionId"], request.Headers["ce-signature"]) == true
        || (identity is not null && await identity.IsValidAsync(request.Headers.Authorization, cancellationToken));
}
