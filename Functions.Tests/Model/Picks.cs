using FsCheck;
using FsCheck.Fluent;

namespace ServerlessChat.Tests.Model;

/// <summary>Who, where and what of a step: mostly what makes it possible, sometimes what does not.</summary>
internal static class Picks
{
    public static readonly Gen<int> Numbers = Gen.Choose(0, 99);

    public static readonly Gen<string> Texts = Mostly(30, Gen.Elements(Words.Messages), Gen.Elements(Words.NoMessages));

    public static readonly Gen<string> Emojis = Mostly(20, Gen.Elements(Words.Emojis), Gen.Elements(Words.NoEmojis));

    public static readonly Gen<string> Titles = Mostly(20, Gen.Elements(Words.Titles), Gen.Elements(" ", new string('n', 101)));

    public static readonly Gen<string> Types = Mostly(20, Gen.Elements("public", "public", "private"), Gen.Elements("", "Public"));

    public static readonly Gen<string?> ClientIds = Gen.Elements(null, null, null, "c1", "c2", "پ۳");

    public static readonly Gen<string?> Roles = Mostly(20, Gen.Elements("member", "admin", "owner", null), Gen.Constant<string?>("king"));

    public static readonly Gen<Position> Positions =
        from isOutside in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        from n in Numbers
        select new Position(isOutside, n);

    private static readonly Gen<Spelling> Spelled = Mostly(4, Gen.Constant(Spelling.Plain), Gen.Choose(0, 7).Select(bits => (Spelling)bits));

    private static readonly Gen<string?> PageNumber = Gen.Frequency(
        (4, Gen.Constant<string?>(null)),
        (5, Gen.Choose(1, 25).Select(n => (string?)$"{n}")),
        (1, Gen.Elements<string?>("0", "-1", "", "x", "1.5", "99999", "9223372036854775807", "99999999999999999999")));

    public static readonly Gen<PageQuery> Pages =
        from before in PageNumber
        from after in Maybe(PageNumber)
        from limit in PageNumber
        select new PageQuery(after is null ? before : null, after, limit);

    /// <summary>Of the value or null.</summary>
    public static Gen<T?> Maybe<T>(Gen<T> value)
        where T : class? => Gen.OneOf(value.Select(v => (T?)v), Gen.Constant<T?>(null));

    public static Gen<Who> People(params Kind[] mostly) =>
        from kind in Gen.Frequency((9, Gen.Elements(mostly)), (2, Gen.Constant(Kind.Anyone)), (1, Gen.Elements(Kind.Manager, Kind.Member, Kind.Outsider, Kind.Nobody)))
        from n in Numbers
        select new Who(kind, n);

    public static Gen<InGroup> In(Kind mostly) =>
        from index in Gen.Elements(0, 1)
        from who in People(mostly)
        from spelling in Spelled
        select new InGroup(index, who, spelling);

    /// <summary>A group, the chat of the first two, or that of anybody with anybody.</summary>
    public static Gen<Place> Anywhere(Kind mostly) => Gen.Frequency((2, In(mostly).Select(place => (Place)place)), (1, Privately()));

    /// <summary>The chat of the first two, or that of anybody with anybody.</summary>
    public static Gen<Place> Privately() =>
        from with in Gen.Frequency((5, Gen.Constant<Who?>(null)), (1, People(Kind.Anyone, Kind.Nobody).Select(who => (Who?)who)))
        from who in People(Kind.Anyone)
        from spelling in Spelled
        select (Place)new InPrivate(with, who, spelling);

    public static Gen<Target> Targets(Of mostly) =>
        from of in Gen.Frequency((12, Gen.Constant(mostly)), (2, Gen.Elements(Of.Standing, Of.Log)), (1, Gen.Constant(Of.Nothing)))
        from n in Numbers
        select new Target(of, n);

    private static Gen<T> Mostly<T>(int weight, Gen<T> often, Gen<T> seldom) => Gen.Frequency((weight, often), (1, seldom));
}
