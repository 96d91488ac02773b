using System.Net.Sockets;
using System.Net.WebSockets;

namespace ServerlessChat.Doctor.Net;

/// <summary>Says why there was no answer at all.</summary>
internal static class NetworkTrouble
{
    /// <param name="failure">Of an HTTP request, a WebSocket's handshake, or a cancellation by the time limit.</param>
    /// <param name="limit">How long was waited at most.</param>
    public static Finding Explain(Exception failure, Uri address, TimeSpan limit)
    {
        (string came, string remedy) = failure switch
        {
            OperationCanceledException => Late(limit),
            WebSocketException { InnerException: HttpRequestException inner } => OfHttp(inner),
            HttpRequestException http => OfHttp(http),
            _ => Broken,
        };
        return new Finding($"an answer from {address.Scheme}://{Shown.Text(address.Authority)}", came, remedy);
    }

    private static (string Came, string Remedy) Broken => (
        "the connection broke off, or the answer was not HTTP",
        "Look whether the scheme (http or https) and the port are right, and whether a proxy or firewall on the way cuts the connection.");

    private static (string Came, string Remedy) OfHttp(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => (
            "the host's name can't be resolved (DNS)",
            "Check the name for a typing error; a new app or a private endpoint may need its DNS record, and this machine a network that knows it."),
        HttpRequestError.SecureConnectionError => (
            "the TLS handshake failed",
            "Check that the port speaks https, that the certificate is valid for this very name and not expired, and that this machine trusts its issuer."),
        HttpRequestError.ProxyTunnelError => (
            "the proxy of this machine refused the way",
            "Set NO_PROXY for this host, or let the proxy pass it."),
        HttpRequestError.ConnectionError when failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused } => (
            "the connection was refused",
            "Nothing listens there: start it (locally ./run.sh), and check host and port."),
        HttpRequestError.ConnectionError => (
            "no connection could be made",
            "Check host, port, network and firewall."),
        _ => Broken,
    };

    private static (string Came, string Remedy) Late(TimeSpan limit) => (
        $"nothing within {limit.TotalSeconds:F0} s",
        "A cold start takes up to 30 s: run doctor again, or with a longer --timeout. If it stays so, the app hangs, or a firewall drops the packets: look at its logs.");
}
