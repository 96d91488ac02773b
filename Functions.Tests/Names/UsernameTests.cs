using FsCheck;
using FsCheck.Fluent;
using ServerlessChat.Names;

namespace ServerlessChat.Tests.Names;

public sealed class UsernameTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("7")]
    [InlineData("sara@example.com")]
    [InlineData("a.b+c-d_e")]
    [InlineData("_")]
    [InlineData(".a")]
    [InlineData("\u0639\u0644\u06CC\u06F1\u06F2")]
    [InlineData("\u0410\u043D\u043D\u0430")]
    [InlineData("\u738B\u5C0F\u660E")]
    [InlineData("\uD55C\uAE00")]
    [InlineData("\u05D3\u05D5\u05D3")]
    [InlineData("\u0939\u093F\u0928\u094D\u0926\u0940")] // Hindi: vowel signs and virama are marks
    [InlineData("\u0E17\u0E35\u0E48")] // Thai: a vowel and a tone mark over one letter
    [InlineData("\u0BA4\u0BAE\u0BBF\u0BB4\u0BCD")] // Tamil
    [InlineData("\u078B\u07A8\u0788\u07AC\u0780\u07A8")] // Thaana
    [InlineData("\U00010400\U00010401")]
    public void Letters_And_Digits_Of_Any_Script_Are_Accepted(string text)
    {
        Assert.Empty(Username.Explain(text));
        Assert.Equal(text, Username.Parse(text)!.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" sara")]
    [InlineData("sara\n")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a%b")]
    [InlineData("a#b?c")]
    [InlineData("a\0b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("......")]
    [InlineData("a\u200Cb")] // slugs alone may hold it
    [InlineData("\u06AF\u0631\u0648\u0647\u200C\u0645\u0627")]
    [InlineData("a\u200Db")]
    [InlineData("a\u202Eb")] // right-to-left override
    [InlineData("a\u0301")] // a combining accent would make a twin of á
    [InlineData("\u0639\u064E\u0644\u06CC")] // harakat would make a twin of علی
    [InlineData("\u0639\u0640\u0644\u06CC")] // tatweel too
    [InlineData("\u093F\u0939")] // a vowel sign with no letter before it
    [InlineData("a\u093F")] // on a letter of another script
    [InlineData("\u3164")] // a filler shows nothing
    [InlineData("\uFE8E")] // presentation forms
    [InlineData("\uFB51")]
    [InlineData("\uFDF2")]
    [InlineData("\uFEFFa")]
    [InlineData("\u00B2")] // superscript two is a number, not a digit
    [InlineData("\u2167")] // Roman eight
    [InlineData("\U0001F600")]
    [InlineData("a\uD83D")]
    [InlineData("\uDE00a")]
    public void Anything_Else_Is_Refused_With_A_Reason(string? text)
    {
        Assert.Null(Username.Parse(text));
        Assert.All(Username.Explain(text), reason => Assert.NotEmpty(reason));
        Assert.NotEmpty(Username.Explain(text));
    }

    [Fact]
    public void Sixty_Four_Letters_Fit_And_Sixty_Five_Do_Not()
    {
        Assert.NotNull(Username.Parse(new string('a', 64)));
        Assert.Null(Username.Parse(new string('a', 65)));
    }

    [Fact]
    public void A_Letter_Outside_The_Basic_Plane_Counts_Once()
    {
        string letters = string.Concat(Enumerable.Repeat("\U00010400", 64));
        Assert.NotNull(Username.Parse(letters));
        Assert.Null(Username.Parse(letters + "a"));
    }

    [Fact]
    public void Arabic_And_Persian_Spellings_Are_One_Name() =>
        Assert.Equal(Username.Parse("\u0639\u0644\u064A"), Username.Parse("\u0639\u0644\u06CC"));

    [Fact]
    public void No_Text_Makes_Parse_Throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Username.Parse(text) is null == Username.Explain(text).Count > 0)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Names_Are_Equal_Exactly_When_Their_Keys_Are()
    {
        Arbitrary<Username> names = NameGenerator.From("aA\u00E1bB1\u06F1\u0661\u064A\u06CC\u0649\u0643\u06A9._", Username.Parse).ToArbitrary();
        Prop.ForAll(names, names, (one, other) =>
            one.Equals(other) == string.Equals(one.Key, other.Key, StringComparison.Ordinal)
            && (!one.Equals(other) || one.GetHashCode() == other.GetHashCode())).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_Key_Of_A_Name_Is_A_Name_With_The_Same_Key()
    {
        Arbitrary<Username> names = NameGenerator.From("aZ\u0141\u0130\u0131\u06F9\u0663\u064A\u0643\u0939\u093F@.+-_", Username.Parse).ToArbitrary();
        Prop.ForAll(names, name => name.Equals(Username.Parse(name.Key))).QuickCheckThrowOnFailure();
    }
}
