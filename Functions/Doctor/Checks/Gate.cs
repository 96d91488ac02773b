using ServerlessChat.Doctor.Net;

namespace ServerlessChat.Doctor.Checks;

/// <summary>What may stand before the app and keep Web PubSub out.</summary>
internal static class Gate
{
    public const string Remedy =
        "Something before the app refuses the call: App Service authentication (EasyAuth: let unauthenticated requests pass, or exclude /webpubsub/events), "
        + "a function key (authLevel must be anonymous), access restrictions or a private network (let the service tag AzureWebPubSub in), or the app is stopped.";

    public static string RemedyForRedirect(HttpReply reply) => reply.Location is { } to && IsSignIn(to)
        ? "That is a sign-in page: App Service authentication (EasyAuth) takes the call. Let unauthenticated requests pass, or exclude the app's own paths; the app signs people in itself."
        : "Web PubSub follows no redirect: use the address that it leads to, in --url and in the hub's settings (https where http is redirected; the host's canonical name).";

    private static bool IsSignIn(Uri to)
    {
        string text = to.OriginalString.Split('?', '#')[0];
        return text.Contains("/.auth/", StringComparison.OrdinalIgnoreCase)
            || text.Contains("login", StringComparison.OrdinalIgnoreCase)
            || text.Contains("signin", StringComparison.OrdinalIgnoreCase)
            || text.Contains("oauth2", StringComparison.OrdinalIgnoreCase);
    }
}
