using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;

namespace ServerlessChat.OpenApi;

/// <summary>How callers show who they are.</summary>
internal static class Security
{
    private const string Bearer = "bearer";
    private const string Cookie = "cookie";
    private const string WebPubSub = "web_pubsub";

    public static void AddComponents(OpenApiDocument document)
    {
        document.AddComponent(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "`Authorization: Bearer <token>`, with the `token` of a session. It goes before the cookie.",
        });
        document.AddComponent(Cookie, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = SessionCookies.Session,
            Description = "Set by login and refresh, for browsers. A request that changes something must then come from the same origin (`cross_site`).",
        });
        document.AddComponent(WebPubSub, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "ce-signature",
            Description = "Web PubSub's signature of the connection id with the access key, or its Entra token in `Authorization`.",
        });
    }

    /// <summary>A token or the cookie, where a caller without gets 401; the service's signature; or nothing at all.</summary>
    public static IList<OpenApiSecurityRequirement> Of(ApiDescription description, IReadOnlyList<ErrorKind> errors, OpenApiDocument document) => description switch
    {
        _ when description.ActionDescriptor.EndpointMetadata.OfType<WebPubSubSecurity>().Any() => [Requirement(WebPubSub, document)],
        _ when errors.Contains(Errors.NotSignedIn) => [Requirement(Bearer, document), Requirement(Cookie, document)],
        _ => [],
    };

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
