using FsCheck;
using FsCheck.Fluent;
using static ServerlessChat.Tests.Model.Picks;

namespace ServerlessChat.Tests.Model;

/// <summary>What people may do, and how often: most of it is allowed when it happens, a part is not.</summary>
internal static class Steps
{
    /// <summary>Where every run begins: a public group and a private one, both with members and a message, and a private chat.</summary>
    public static IReadOnlyList<Step> Beginning { get; } =
    [
        new Create(new InGroup(0, new Who(Kind.Anyone, 0), Spelling.Plain), "باغ", "public"),
        new Create(new InGroup(1, new Who(Kind.Anyone, 1), Spelling.Plain), "Team seven", "private"),
        new PutMember(new InGroup(1, new Who(Kind.Owner, 0), Spelling.Plain), new Who(Kind.Anyone, 2), Role: null),
        new PutMember(new InGroup(1, new Who(Kind.Owner, 0), Spelling.Plain), new Who(Kind.Anyone, 3), "admin"),
        new PutMember(new InGroup(1, new Who(Kind.Owner, 0), Spelling.Plain), new Who(Kind.Anyone, 4), "admin"),
        new Send(new InGroup(0, new Who(Kind.Anyone, 1), Spelling.Plain), "سلام", ClientId: null, ReplyTo: null),
        new Send(new InGroup(1, new Who(Kind.Anyone, 2), Spelling.Plain), "hello", ClientId: null, ReplyTo: null),
        new Send(new InPrivate(null, new Who(Kind.Anyone, 0), Spelling.Plain), "سلام", ClientId: null, ReplyTo: null),
        new Join(new InGroup(0, new Who(Kind.Anyone, 4), Spelling.Plain)),
    ];

    /// <summary>One step.</summary>
    public static Gen<Step> Any { get; } = Gen.Frequency(
        (34, Sending()), (13, Editing()), (11, Deleting()), (16, Reacting()), (9, Reading()), (8, Paging()),
        (5, In(Kind.Outsider).Select(place => (Step)new Join(place))),
        (4, In(Kind.Member).Select(place => (Step)new Leave(place))),
        (10, Putting()), (6, Removing()), (5, Changing()), (2, Ending()), (3, Creating()), (6, Blocking()));

    private static Gen<Step> Sending() =>
        from place in Anywhere(Kind.Member)
        from text in Texts
        from clientId in ClientIds
        from replyTo in Gen.Frequency((4, Gen.Constant<Position?>(null)), (1, Positions.Select(position => (Position?)position)))
        select (Step)new Send(place, text, clientId, replyTo);

    private static Gen<Step> Editing() =>
        from place in Anywhere(Kind.Member)
        from target in Targets(Of.Own)
        from text in Texts
        select (Step)new Edit(place, target, text);

    private static Gen<Step> Deleting() => Gen.Frequency(
        (3, from place in Anywhere(Kind.Member) from target in Targets(Of.Own) select (Step)new Delete(place, target)),
        (1, from place in In(Kind.Manager) from target in Targets(Of.Standing) select (Step)new Delete(place, target)));

    private static Gen<Step> Reacting() =>
        from place in Anywhere(Kind.Member)
        from removes in Gen.Elements(false, false, true)
        from target in Targets(removes ? Of.Reacted : Of.Standing)
        from emoji in Emojis
        select (Step)new React(place, target, emoji, removes);

    private static Gen<Step> Reading() => from place in Anywhere(Kind.Member) from position in Positions select (Step)new Read(place, position);

    private static Gen<Step> Paging() => from place in Anywhere(Kind.Member) from query in Pages select (Step)new ReadPage(place, query);

    private static Gen<Step> Putting() =>
        from place in In(Kind.Owner)
        from whom in People(Kind.Member, Kind.Outsider)
        from role in Roles
        select (Step)new PutMember(place, whom, role);

    private static Gen<Step> Removing() => from place in In(Kind.Manager) from whom in People(Kind.Member, Kind.Manager) select (Step)new RemoveMember(place, whom);

    private static Gen<Step> Changing() =>
        from place in In(Kind.Manager)
        from title in Maybe(Titles)
        from type in Gen.Frequency((2, Gen.Constant<string?>(null)), (1, Types.Select(type => (string?)type)))
        select (Step)new Change(place, title, type);

    private static Gen<Step> Ending() => from place in In(Kind.Owner) from posts in Gen.Elements(true, false) select (Step)new DeleteGroup(place, posts);

    private static Gen<Step> Blocking() => from place in Privately() from lifts in Gen.Elements(true, false) select (Step)new Block(place, lifts);

    private static Gen<Step> Creating() =>
        from place in In(Kind.Anyone)
        from title in Titles
        from type in Types
        select (Step)new Create(place, title, type);
}
