using ServerlessChat.Hosting;

namespace ServerlessChat.OpenApi;

/// <summary>Every error that an operation can answer: its own, and those that follow from what it takes.</summary>
internal static class OperationErrors
{
    /// <summary>In the order of <see cref="Errors.All"/>.</summary>
    public static IReadOnlyList<ErrorKind> Of(Handler handler)
    {
        HashSet<ErrorKind> errors = [Errors.Internal, Errors.Unavailable, .. handler.Text?.Errors ?? []];
        if (handler.NeedsCaller)
        {
            errors.Add(Errors.NotSignedIn);
            if (!HttpMethods.IsGet(handler.Method))
            {
                errors.Add(Errors.CrossSite);
            }
        }

        if (handler.Query is not null)
        {
            errors.Add(Errors.InvalidRequest);
        }

        if (handler.Body is not null)
        {
            errors.UnionWith([Errors.InvalidRequest, Errors.InvalidJson, Errors.BodyTooLarge, Errors.UnsupportedMediaType]);
        }

        return [.. Errors.All.Where(errors.Contains)];
    }
}
