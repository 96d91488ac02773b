namespace ServerlessChat.Doctor.Checks;

/// <summary>Says why the handshake of a negotiated socket was refused.</summary>
internal static class SocketRefusal
{
    public static Finding Explain(Examination examination, string hub, Uri url, int status) => new(
        $"101 from {Shown.Text(url.Authority)}, hub {hub}",
        $"{status} for the negotiated URL",
        Elsewhere(examination, url) + RemedyFor(examination, hub, status));

    /// <summary>The app may have other settings than this process.</summary>
    private static string Elsewhere(Examination examination, Uri url) =>
        string.Equals(url.Authority, examination.ServiceUri.Authority, StringComparison.OrdinalIgnoreCase)
            ? ""
            : $"The app's Web PubSub ({Shown.Text(url.Authority)}) is not that of doctor's settings ({Shown.Text(examination.ServiceUri.Authority)}). ";

    private static string RemedyFor(Examination examination, string hub, int status) => status switch
    {
        401 when Clocks.AreApart(examination.ServiceClock - examination.AppClock) =>
            $"The app's clock is wrong{Clocks.Describe(examination.ServiceClock - examination.AppClock)}: the token is dated by it. Set it by NTP.",
        401 => "Web PubSub does not take the app's token (its access key is another resource's, or was regenerated), or the app refused the connect event "
            + "(its key differs from the one that signs events; its instances have different Tokens__Keys; by identity, WebPubSub__EventAuthority, EventAudience and EventCaller don't match the hub's auth settings).",
        403 => "The network rules of the Web PubSub resource keep clients out, or the app refused the connect event: look at its log.",
        404 or >= 500 => $"The connect event of hub {hub} got no good answer. Its event handler's URL must be the app's own address with /webpubsub/events at the end, "
            + "no {event} and no other path; the app's log says what it answered." + Unreachable(examination),
        _ => "What answered is not Web PubSub, or a proxy on the way passes no WebSockets (Upgrade).",
    };

    private static string Unreachable(Examination examination) =>
        examination.Arguments.Url.IsLoopback && !examination.ServiceUri.IsLoopback
            ? " A Web PubSub in the cloud can't call this machine: use a tunnel, or the local emulator."
            : "";
}
