using FsCheck;
using FsCheck.Fluent;
using ServerlessChat.Names;

namespace ServerlessChat.Tests.Names;

public sealed class SlugTests
{
    [Theory]
    [InlineData("general")]
    [InlineData("Team-7_x")]
    [InlineData("-")]
    [InlineData("\u06A9\u062A\u0627\u0628\u200C\u062E\u0627\u0646\u0647")] // Persian with a non-joiner
    [InlineData("a\u200Cb")]
    [InlineData("\u0939\u093F\u0928\u094D\u0926\u0940")]
    public void Letters_Digits_Dashes_And_A_Joined_Non_Joiner_Are_Accepted(string text) => Assert.Equal(text, Slug.Parse(text)?.Text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a.b")]
    [InlineData("a@b")]
    [InlineData("a+b")]
    [InlineData(".")]
    [InlineData("\u200Ca")]
    [InlineData("a\u200C")]
    [InlineData("a\u200C\u200Cb")]
    [InlineData("a\u200C1")] // a digit is not a letter
    [InlineData("1\u200Ca")]
    [InlineData("a-\u200Cb")]
    [InlineData("\u200C")]
    [InlineData("a\u200Db")]
    [InlineData("\uFEB3")]
    [InlineData("a\uD800")]
    public void Anything_Else_Is_Refused_With_A_Reason(string? text)
    {
        Assert.Null(Slug.Parse(text));
        Assert.NotEmpty(Slug.Explain(text));
    }

    [Fact]
    public void The_Non_Joiner_Does_Not_Make_Another_Slug() => Assert.Equal(Slug.Parse("a\u200Cb"), Slug.Parse("AB"));

    [Fact]
    public void No_Text_Makes_Parse_Throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Slug.Parse(text) is null == Slug.Explain(text).Count > 0)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_Key_Of_A_Slug_Is_A_Slug_With_The_Same_Key() =>
        Prop.ForAll(
            NameGenerator.From("aA\u200C\u06F1\u0661\u064A\u06CC\u0643-_", Slug.Parse).ToArbitrary(),
            slug => slug.Equals(Slug.Parse(slug.Key))).QuickCheckThrowOnFailure();
}
