using ServerlessChat.Groups;
using ServerlessChat.Signals;

namespace ServerlessChat.OpenApi;

internal static class GroupExamples
{
    public static readonly GroupResponse Books = new("Book club", "book-club", GroupType.Public, "sara", Moments.Created, GroupRole.Owner);
    public static readonly GroupResponse BooksInPersian = new("باشگاه کتاب", "باشگاه-کتاب", GroupType.Public, "سارا", Moments.Created, GroupRole.Owner);

    private static readonly MemberResponse Dara = new("dara", GroupRole.Member, Moments.Sent);
    private static readonly MemberResponse DaraInPersian = new("دارا", GroupRole.Member, Moments.Sent);

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new CreateGroupRequest("Book club", "book-club", GroupType.Public), new CreateGroupRequest("باشگاه کتاب", "باشگاه-کتاب", GroupType.Public)),
        Example.Of(new ChangeGroupRequest("Book club of the north", Type: null), new ChangeGroupRequest("باشگاه کتاب شمال", GroupType.Private)),
        Example.Of(new PutMemberRequest(GroupRole.Admin)),
        Example.Of(Books, BooksInPersian),
        Example.Of(
            new GroupPageResponse(Books, [MessageExamples.Hello, MessageExamples.Answer], Before: null, LastId: 2, More: null, [new ReadResponse("dara", 1)]),
            new GroupPageResponse(BooksInPersian, [MessageExamples.HelloInPersian], Before: null, LastId: 1, More: false, [new ReadResponse("دارا", 1)])),
        Example.Of(new DirectoryPageResponse([Books], After: "626f6f6b20636c7562-0f8fad5bd9cb469fa16570867728950e"), new DirectoryPageResponse([BooksInPersian], After: null)),
        Example.Of(new GroupPresenceResponse(["dara", "sara"]), new GroupPresenceResponse(["دارا", "سارا"])),
        Example.Of(Dara, DaraInPersian),
        Example.Of(new MemberPageResponse([Dara], After: "0f8fad5bd9cb469fa16570867728950e"), new MemberPageResponse([DaraInPersian], After: null)),
    ];
}
