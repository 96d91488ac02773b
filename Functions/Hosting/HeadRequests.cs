namespace ServerlessChat.Hosting;

/// <summary>Answers HEAD wherever GET is answered.</summary>
internal static class HeadRequests
{
    /// <summary>The request is routed as GET; the server itself knows it as HEAD and sends no body.</summary>
    public static void UseHeadAsGet(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
        }

        context.Response.OnStarting(AllowHead, context.Response);
        return next(context);
    });

    private static Task AllowHead(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        string allow = headers.Allow.ToString();
        if (allow.Split(", ").Contains(HttpMethods.Get, StringComparer.Ordinal))
        {
            headers.Allow = $"{allow}, {HttpMethods.Head}";
        }

        return Task.CompletedTask;
    }
}
