namespace ServerlessChat.Hosting;

/// <summary>One kind of error. Its <see cref="Code"/> never changes meaning and is never used again for another.</summary>
/// <param name="Code">Stable word for programs, snake_case.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">One line for people; says nothing internal.</param>
/// <param name="Retry">Whether the same request may succeed later without a change.</param>
public sealed record ErrorKind(string Code, int Status, string Title, bool Retry = false);

/// <summary>The one table of errors; <c>docs/errors.md</c> shows the same rows and a test compares the two.</summary>
public static class Errors
{
    public static readonly ErrorKind InvalidRequest = new("invalid_request", 400, "The request has fields that can't be accepted.");
    public static readonly ErrorKind InvalidJson = new("invalid_json", 400, "The body is not valid JSON of the expected shape.");
    public static readonly ErrorKind NotSignedIn = new("not_signed_in", 401, "Sign in first.");
    public static readonly ErrorKind InvalidCredentials = new("invalid_credentials", 401, "The username or the password is wrong.");
    public static readonly ErrorKind InvalidRefreshToken = new("invalid_refresh_token", 401, "The refresh token is not valid any more.");
    public static readonly ErrorKind Forbidden = new("forbidden", 403, "You may not do this.");
    public static readonly ErrorKind Blocked = new("blocked", 403, "One of the two has blocked the other.");
    public static readonly ErrorKind CrossSite = new("cross_site", 403, "A request signed in by the cookie must come from the same origin.");
    public static readonly ErrorKind NotFound = new("not_found", 404, "There is nothing here.");
    public static readonly ErrorKind MethodNotAllowed = new("method_not_allowed", 405, "This address does not take that method.");
    public static readonly ErrorKind UsernameTaken = new("username_taken", 409, "That username is taken.");
    public static readonly ErrorKind SlugTaken = new("slug_taken", 409, "That slug is taken.");
    public static readonly ErrorKind OwnerMustHandOver = new("owner_must_hand_over", 409, "The owner hands the group over before leaving it.");
    public static readonly ErrorKind TooManyReactions = new("too_many_reactions", 409, "The message takes no more reactions, or no more of yours.");
    public static readonly ErrorKind TooManyBlocks = new("too_many_blocks", 409, "You have blocked as many people as one can.");
    public static readonly ErrorKind BodyTooLarge = new("body_too_large", 413, "The body is over 64 KiB.");
    public static readonly ErrorKind UnsupportedMediaType = new("unsupported_media_type", 415, "Send application/json or application/x-www-form-urlencoded.");
    public static readonly ErrorKind TooManyRequests = new("too_many_requests", 429, "Too many requests; wait a moment.", Retry: true);
    public static readonly ErrorKind Internal = new("internal", 500, "Something went wrong on our side.", Retry: true);
    public static readonly ErrorKind Unavailable = new("unavailable", 503, "The service can't answer just now.", Retry: true);

    /// <summary>Every kind, in the order of status.</summary>
    public static readonly IReadOnlyList<ErrorKind> All =
    [
        InvalidRequest, InvalidJson, NotSignedIn, InvalidCredentials, InvalidRefreshToken, Forbidden, Blocked, CrossSite, NotFound,
        MethodNotAllowed, UsernameTaken, SlugTaken, OwnerMustHandOver, TooManyReactions, TooManyBlocks, BodyTooLarge, UnsupportedMediaType, TooManyRequests, Internal, Unavailable,
    ];
}
