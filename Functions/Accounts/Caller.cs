using ServerlessChat.Names;

namespace ServerlessChat.Accounts;

/// <summary>The account's id: 32 lower-case hexadecimal digits, random, never reused. Web PubSub's user id, and <c>sub</c> of the access token.</summary>
public readonly record struct AccountId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>
/// Who is calling, read from the access token alone (no storage operation). A handler that takes a <see cref="Caller"/>
/// is only reached by a signed-in request; anyone else got 401.
/// </summary>
/// <param name="Id">The account.</param>
/// <param name="Username">The name as typed at registration, and the key it is compared by.</param>
/// <param name="SessionId">The session that the token was issued for (claim <c>sid</c>).</param>
public sealed record Caller(AccountId Id, Username Username, string SessionId)
{
    /// <summary>Binds a handler's parameter: the authentication handler left the caller among the request's features.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Caller>());
}
