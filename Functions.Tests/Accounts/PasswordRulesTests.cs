using FsCheck;
using FsCheck.Fluent;
using ServerlessChat.Accounts.Passwords;
using ServerlessChat.Names;

namespace ServerlessChat.Tests.Accounts;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("sara", "Tr4velling-lamp")]
    [InlineData("sara", "\u06AF\u0631\u0628\u0647\u200C\u06CC \u0646\u0627\u0631\u0646\u062C\u06CC")] // Persian, with a space and a non-joiner
    [InlineData("sara", "\U0001F332\U0001F98A\U0001F525\U0001F30A\U0001F319\U0001F340\U0001F9CA\U0001F3D4")] // eight emoji are eight characters
    [InlineData("sara", "12345678x-lamp")]
    [InlineData("al", "always-here-9")] // a short name inside is no likeness
    public void A_Reasonable_Password_Is_Accepted(string username, string password) =>
        Assert.Empty(PasswordRules.Explain(password, password, Folding.Fold(username)));

    [Theory]
    [InlineData(null, "required")]
    [InlineData("", "required")]
    [InlineData("Xk3-mqz", "At least 8")]
    [InlineData("\U0001F332\U0001F98A\U0001F525\U0001F30A", "At least 8")] // eight UTF-16 units, four characters
    [InlineData("sara.ahmadi", "similar")]
    [InlineData("SARA.AHMADI", "similar")]
    [InlineData("sara.ahmadi7", "similar")]
    [InlineData("ra.ahmadi", "similar")]
    [InlineData("password", "common")]
    [InlineData("PassWord", "common")]
    [InlineData("Football2026", "common")]
    [InlineData("sunshine!", "common")]
    [InlineData("P@ssw0rd", "common")]
    [InlineData("1q2w3e4r", "common")]
    [InlineData("zzzzzzzzzz", "common")]
    [InlineData("8362940174", "numeric")]
    [InlineData("\u06F8\u06F3\u06F6\u06F2\u06F9\u06F4\u06F0\u06F1\u06F7\u06F5", "numeric")] // Persian digits
    public void Each_Refusal_Names_Its_Reason(string? password, string reason)
    {
        Dictionary<string, string[]> errors = PasswordRules.Explain(password, password, "sara.ahmadi");
        Assert.Contains(errors["password1"], text => text.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_Folded_Twin_Of_The_Username_Is_Refused() =>
        Assert.Contains("password1", PasswordRules.Explain("\u0643\u0645\u0627\u0644\u064A\u0627\u0646\u064A", "x", Username.Parse("\u06A9\u0645\u0627\u0644\u06CC\u0627\u0646\u06CC")!.Key));

    [Fact]
    public void A_Hundred_And_Twenty_Eight_Characters_Fit_And_One_More_Does_Not()
    {
        string longest = string.Concat(Enumerable.Range(0, 64).Select(i => $"{(char)('a' + (i % 26))}\u20AC"));
        Assert.Empty(PasswordRules.Explain(longest, longest, "sara"));
        Assert.Equal(["At most 128 characters."], PasswordRules.Explain(longest + "x", longest + "x", "sara")["password1"]);
    }

    [Fact]
    public void Broken_Utf16_Is_Refused()
    {
        Assert.False(PasswordRules.CanBePassword("lamp-lamp\uD800"));
        Assert.False(PasswordRules.CanBePassword("\uDC00lamp-lamp"));
        Assert.Contains("password1", PasswordRules.Explain("lamp-lamp\uD800", "lamp-lamp\uD800", "sara"));
    }

    [Theory]
    [InlineData("Tr4velling-lamp", "Tr4velling-Lamp", "match")]
    [InlineData("Tr4velling-lamp", "", "required")]
    [InlineData("Tr4velling-lamp", null, "required")]
    public void The_Repetition_Is_Judged_By_Itself(string password1, string? password2, string reason)
    {
        Dictionary<string, string[]> errors = PasswordRules.Explain(password1, password2, "sara");
        Assert.Equal("password2", Assert.Single(errors.Keys));
        Assert.Contains(reason, Assert.Single(errors["password2"]), StringComparison.Ordinal);
    }

    [Fact]
    public void No_Text_Makes_The_Rules_Throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), ArbMap.Default.ArbFor<string>(), (password, username) =>
            PasswordRules.Explain(password, password, username is null ? null : Folding.Fold(username)) is not null).QuickCheckThrowOnFailure();
}
