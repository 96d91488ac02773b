using ServerlessChat.Notifications;

namespace ServerlessChat.Tests.Notifications;

/// <summary>Which names a text mentions.</summary>
public sealed class MentionTextTests
{
    [Theory]
    [InlineData("@ali", "ali")]
    [InlineData("hello @ali and @سارا!", "ali,سارا")]
    [InlineData("سلام @علی، خوبی؟", "علی")]
    [InlineData("(@ali)", "ali")]
    [InlineData("@ali.", "ali.,ali")]
    [InlineData("@ali@example.com", "ali@example.com")]
    [InlineData("@علی\u200Cجان", "علی")]
    [InlineData("@ali @ALI", "ali")]
    [InlineData("@ali\n@bob", "ali,bob")]
    [InlineData("@हिन्दी x", "हिन्दी")]
    [InlineData("x@\U0001D400", "")]
    [InlineData("@\U0001D400", "\U0001D400")]
    [InlineData("👍@ali", "ali")]
    public void Names_Behind_An_At_Sign(string text, string names) =>
        Assert.Equal(names.Split(',', StringSplitOptions.RemoveEmptyEntries), MentionText.Find(text).Select(name => name.Text));

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("@ ali")]
    [InlineData("mail ali@example.com")]
    [InlineData("سارا@علی")]
    [InlineData("@...")]
    public void And_Nothing_Else(string text) => Assert.Empty(MentionText.Find(text).Select(name => name.Text));

    [Fact]
    public void No_More_Than_So_Many() =>
        Assert.Equal(MentionText.MaxNames, MentionText.Find(string.Join(' ', Enumerable.Range(0, 50).Select(i => $"@user{i}"))).Count);

    [Fact]
    public void A_Name_Longer_Than_A_Name_Is_None() => Assert.Empty(MentionText.Find("@" + new string('a', 16_000)));

    [Fact]
    public void A_Long_Text_Of_At_Signs_Takes_No_Time() => Assert.Empty(MentionText.Find(new string('@', 16_000)));
}
