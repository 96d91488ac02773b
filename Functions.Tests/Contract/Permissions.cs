namespace ServerlessChat.Tests.Contract;

/// <summary>Who may do what: every address, every kind of caller, and the status that each gets.</summary>
/// <remarks>
/// <para>Columns: whoever is not signed in (no token, an expired or a forged one); then in a public and in a private group: a stranger, a member, an admin,
/// the owner, an erased account that was no member, an erased account that was one and had written to {m}.</para>
/// <para>An access token costs no look into storage and outlives its account. So what reads the caller's account, writes to their
/// inbox or to a private chat of theirs answers 401 to the erased, and the rest takes the token at its word until it expires.</para>
/// <para>In a path: {g} the group, {new} a free slug, {m} another member, {u} a user who is none, {o} the owner, {me} the caller.</para>
/// </remarks>
internal static class Permissions
{
    public static readonly string[] Callers = ["stranger", "member", "admin", "owner", "erased stranger", "erased member"];

    private const string Table = """
        GET    /                             {}                                                             | 200 | 200 200 200 200 200 200 | 200 200 200 200 200 200
        GET    /health/                      {}                                                             | 200 | 200 200 200 200 200 200 | 200 200 200 200 200 200
        POST   /chat/register/               {}                                                             | 400 | 400 400 400 400 400 400 | 400 400 400 400 400 400
        POST   /chat/login/                  {}                                                             | 400 | 400 400 400 400 400 400 | 400 400 400 400 400 400
        POST   /chat/refresh/                {}                                                             | 401 | 401 401 401 401 401 401 | 401 401 401 401 401 401
        POST   /chat/logout/                 {}                                                             | 401 | 204 204 204 204 204 204 | 204 204 204 204 204 204
        POST   /chat/password/               {"password":"x","password1":"a-new-one-9","password2":"a-new-one-9"} | 401 | 400 400 400 400 401 401 | - - - - - -
        GET    /chat/profile/                {}                                                             | 401 | 200 200 200 200 401 401 | 200 200 200 200 401 401
        PATCH  /chat/profile/                {"bio":"x"}                                                    | 401 | 200 200 200 200 401 401 | 200 200 200 200 401 401
        DELETE /chat/profile/                {"password":"x"}                                               | 401 | 400 400 400 400 401 401 | - - - - - -
        GET    /chat/profile/export/         {}                                                             | 401 | 200 200 200 200 401 401 | - - - - - -
        GET    /chat/profile/{m}/            {}                                                             | 401 | 200 200 200 200 200 200 | 200 200 200 200 200 200
        GET    /chat/                        {}                                                             | 401 | 200 200 200 200 401 401 | 200 200 200 200 401 401
        POST   /chat/create_group/           {"group_name":"n","slug":"{new}","type":"public"}              | 401 | 201 201 201 201 401 401 | 201 201 201 201 401 401
        GET    /chat/groups/                 {}                                                             | 401 | 200 200 200 200 200 200 | 200 200 200 200 200 200
        GET    /chat/group/{g}/              {}                                                             | 401 | 200 200 200 200 200 200 | 404 200 200 200 404 404
        POST   /chat/group/{g}/              {"message":"hi"}                                               | 401 | 201 201 201 201 401 401 | 404 201 201 201 404 404
        PATCH  /chat/group/{g}/              {"group_name":"n"}                                             | 401 | 403 403 200 200 403 403 | 404 403 200 200 404 404
        POST   /chat/delete_group/{g}/       {}                                                             | 401 | 403 403 403 204 403 403 | 404 403 403 204 404 404
        DELETE /chat/delete_group/{g}/       {}                                                             | 401 | 403 403 403 204 403 403 | 404 403 403 204 404 404
        POST   /chat/group/{g}/join/         {}                                                             | 401 | 204 204 204 204 401 401 | 404 204 204 204 404 404
        POST   /chat/group/{g}/leave/        {}                                                             | 401 | 204 204 204 409 204 204 | 404 204 204 409 404 404
        POST   /chat/group/{g}/read/         {"id":1}                                                       | 401 | 403 204 204 204 403 403 | 404 204 204 204 404 404
        POST   /chat/group/{g}/typing/       {}                                                             | 401 | 403 204 204 204 403 403 | 404 204 204 204 404 404
        GET    /chat/group/{g}/presence/     {}                                                             | 401 | 403 200 200 200 403 403 | 404 200 200 200 404 404
        PATCH  /chat/group/{g}/messages/1/   {"message":"x"}                                                | 401 | 403 403 403 200 403 403 | 404 403 403 200 404 404
        DELETE /chat/group/{g}/messages/1/   {}                                                             | 401 | 403 403 204 204 403 403 | 404 403 204 204 404 404
        PUT    /chat/group/{g}/messages/1/reactions/%F0%9F%91%8D/ {}                                        | 401 | 403 204 204 204 403 403 | 404 204 204 204 404 404
        DELETE /chat/group/{g}/messages/1/reactions/%F0%9F%91%8D/ {}                                        | 401 | 403 204 204 204 403 403 | 404 204 204 204 404 404
        GET    /chat/group/{g}/members/      {}                                                             | 401 | 200 200 200 200 200 200 | 404 200 200 200 404 404
        PUT    /chat/group/{g}/members/{u}/  {}                                                             | 401 | 403 403 200 200 403 403 | 404 403 200 200 404 404
        PUT    /chat/group/{g}/members/{u}/  {"role":"admin"}                                               | 401 | 403 403 403 200 403 403 | 404 403 403 200 404 404
        PUT    /chat/group/{g}/members/{m}/  {"role":"admin"}                                               | 401 | 403 403 403 200 403 403 | 404 403 403 200 404 404
        PUT    /chat/group/{g}/members/{m}/  {"role":"owner"}                                               | 401 | 403 403 403 200 403 403 | 404 403 403 200 404 404
        PUT    /chat/group/{g}/members/{o}/  {"role":"member"}                                              | 401 | 403 403 403 409 403 403 | 404 403 403 409 404 404
        PUT    /chat/group/{g}/members/{me}/ {"role":"owner"}                                               | 401 | 403 403 403 200 403 403 | 404 403 403 200 404 404
        DELETE /chat/group/{g}/members/{m}/  {}                                                             | 401 | 403 403 204 204 403 403 | 404 403 204 204 404 404
        DELETE /chat/group/{g}/members/{o}/  {}                                                             | 401 | 403 403 403 409 403 403 | 404 403 403 409 404 404
        DELETE /chat/group/{g}/members/{me}/ {}                                                             | 401 | 403 204 204 409 403 403 | 404 204 204 409 404 404
        GET    /chat/chat/private/{m}/       {}                                                             | 401 | 200 200 200 200 200 401 | 200 200 200 200 200 401
        POST   /chat/chat/private/{m}/       {"message":"hi"}                                               | 401 | 201 201 201 201 401 401 | 201 201 201 201 401 401
        POST   /chat/chat/private/{u}/read/  {"id":1}                                                       | 401 | 400 400 400 400 400 400 | 400 400 400 400 400 400
        POST   /chat/chat/private/{m}/typing/ {}                                                             | 401 | 204 204 204 204 204 204 | 204 204 204 204 204 204
        GET    /chat/chat/private/{u}/presence/ {}                                                             | 401 | 404 404 404 404 404 404 | 404 404 404 404 404 404
        GET    /chat/chat/private/{me}/presence/ {}                                                             | 401 | 200 200 200 200 404 404 | 200 200 200 200 404 404
        PATCH  /chat/chat/private/{m}/messages/999999/ {"message":"x"}                                      | 401 | 404 404 404 404 404 404 | 404 404 404 404 404 404
        DELETE /chat/chat/private/{m}/messages/999999/ {}                                                   | 401 | 404 404 404 404 404 404 | 404 404 404 404 404 404
        PUT    /chat/chat/private/{m}/messages/999999/reactions/%F0%9F%91%8D/ {}                            | 401 | 404 404 404 404 404 404 | 404 404 404 404 404 404
        DELETE /chat/chat/private/{m}/messages/999999/reactions/%F0%9F%91%8D/ {}                            | 401 | 404 404 404 404 404 404 | 404 404 404 404 404 404
        PATCH  /chat/private/{m}/messages/999999/ {"message":"x"}                                           | 401 | 404 404 404 404 404 404 | 404 404 404 404 404 404
        DELETE /chat/private/{m}/messages/999999/ {}                                                        | 401 | 404 404 404 404 404 404 | 404 404 404 404 404 404
        PUT    /chat/private/{m}/messages/999999/reactions/%F0%9F%91%8D/ {}                                 | 401 | 404 404 404 404 404 404 | 404 404 404 404 404 404
        DELETE /chat/private/{m}/messages/999999/reactions/%F0%9F%91%8D/ {}                                 | 401 | 404 404 404 404 404 404 | 404 404 404 404 404 404
        GET    /chat/blocks/                 {}                                                             | 401 | 200 200 200 200 401 401 | 200 200 200 200 401 401
        PUT    /chat/blocks/{u}/             {}                                                             | 401 | 204 204 204 204 401 401 | 204 204 204 204 401 401
        PUT    /chat/blocks/{me}/            {}                                                             | 401 | 400 400 400 400 400 400 | 400 400 400 400 400 400
        DELETE /chat/blocks/{m}/             {}                                                             | 401 | 204 204 204 204 401 401 | 204 204 204 204 401 401
        GET    /chat/private/{m}/            {}                                                             | 401 | 200 200 200 200 200 401 | 200 200 200 200 200 401
        POST   /chat/private/{m}/            {"message":"hi"}                                               | 401 | 201 201 201 201 401 401 | 201 201 201 201 401 401
        POST   /chat/private/{u}/read/       {"id":1}                                                       | 401 | 400 400 400 400 400 400 | 400 400 400 400 400 400
        POST   /chat/private/{m}/typing/     {}                                                             | 401 | 204 204 204 204 204 204 | 204 204 204 204 204 204
        GET    /chat/private/{u}/presence/   {}                                                             | 401 | 404 404 404 404 404 404 | 404 404 404 404 404 404
        GET    /chat/private/{me}/presence/  {}                                                             | 401 | 200 200 200 200 404 404 | 200 200 200 200 404 404
        """;

    public static IReadOnlyList<Permission> All { get; } = [.. Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Permission.Parse)];
}

/// <param name="NotSignedIn">The status for everyone without a good token.</param>
/// <param name="InPublic">In the order of <see cref="Permissions.Callers"/>; null: not asked.</param>
internal sealed record Permission(HttpMethod Method, string Path, string Body, int NotSignedIn, int?[] InPublic, int?[] InPrivate)
{
    public static Permission Parse(string line)
    {
        string[] cells = line.Split(" | ", StringSplitOptions.TrimEntries);
        string[] request = cells[0].Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new Permission(new HttpMethod(request[0]), request[1], request[2], int.Parse(cells[1]), Statuses(cells[2]), Statuses(cells[3]));
    }

    private static int?[] Statuses(string cell)
    {
        int?[] statuses = [.. cell.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s is "-" ? (int?)null : int.Parse(s))];
        Assert.Equal(Permissions.Callers.Length, statuses.Length);
        return statuses;
    }
}
