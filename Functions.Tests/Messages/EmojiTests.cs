using ServerlessChat.Accounts;
using ServerlessChat.Messages;

namespace ServerlessChat.Tests.Messages;

/// <summary>What is one emoji, and how reactions are kept.</summary>
public sealed class EmojiTests
{
    [Theory]
    [InlineData("👍")]
    [InlineData("👍🏽")]
    [InlineData("❤")]
    [InlineData("❤️")]
    [InlineData("👩‍👩‍👧‍👦")]
    [InlineData("🏳️‍🌈")]
    [InlineData("🇮🇷")]
    [InlineData("🏴󠁧󠁢󠁥󠁮󠁧󠁿")]
    [InlineData("1️⃣")]
    [InlineData("✅")]
    [InlineData("☝️")]
    [InlineData("👩‍❤️‍💋‍👨")]
    [InlineData("👩🏽‍❤️‍💋‍👨🏿")]
    [InlineData("🏃🏽‍♀️‍➡️")]
    [InlineData("🏴‍☠️")]
    [InlineData("🫱🏻‍🫲🏿")]
    [InlineData("#️⃣")]
    [InlineData("©")]
    public void One_Emoji_Is_Taken_As_Typed(string text) => Assert.Equal(text, Emoji.Parse(text)!.Text);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("#")]
    [InlineData("س")]
    [InlineData("👍👍")]
    [InlineData("👍 ")]
    [InlineData("👍a")]
    [InlineData("\uFE0F")]
    [InlineData("\u200D")]
    [InlineData("\uD83D")]
    [InlineData("a\u20E3")]
    [InlineData("👍\u0301")]
    [InlineData("👍\u200D")]
    [InlineData("\u200D👍")]
    [InlineData("👍\uFE0F\uFE0F")]
    [InlineData("👍🏻🏻")]
    [InlineData("🚗🏻")]
    [InlineData("🏻")]
    [InlineData("🇮")]
    [InlineData("🇮🇷🇮")]
    [InlineData("👍\u20E3")]
    [InlineData("\u20E3")]
    [InlineData("👍\uDB40\uDC61\uDB40\uDC7F")]
    [InlineData("🏴\uDB40\uDC61")]
    [InlineData("🏴\uDB40\uDC7F")]
    [InlineData("🏴\uDB40\uDC61\uDB40\uDC62\uDB40\uDC63\uDB40\uDC7F")]
    [InlineData("→")]
    [InlineData("■")]
    [InlineData("🄰")]
    [InlineData("👩‍👩‍👧‍👦‍👦")]
    public void Anything_Else_Is_None(string? text) => Assert.Null(Emoji.Parse(text));

    [Fact]
    public void A_Chain_Without_End_Is_None() => Assert.Null(Emoji.Parse(string.Join('\u200D', Enumerable.Repeat("👩", 20))));

    [Fact]
    public void The_Variation_Selector_Makes_No_Other_Emoji()
    {
        Assert.Equal(Emoji.Parse("❤"), Emoji.Parse("❤️"));
        Assert.NotEqual(Emoji.Parse("👍"), Emoji.Parse("👍🏽"));
    }

    [Fact]
    public void Reactions_Read_Back_As_They_Were_Written()
    {
        Reactions reactions = Reactions.None.With(Of("👍"), Account(1))!.With(Of("❤️"), Account(1))!.With(Of("👍"), Account(2))!;

        Reactions read = Reactions.Parse(reactions.ToString());

        Assert.Equal([("👍", 2), ("❤️", 1)], read.All.Select(reaction => (reaction.Emoji.Text, reaction.By.Count)));
        Assert.True(read.Has(Of("❤"), Account(1)));
        Assert.False(read.Has(Of("❤"), Account(2)));
        Assert.Equal(1, read.Without(Of("👍"), Account(1)).CountOf(Of("👍")));
        Assert.True(read.Without(Of("👍"), Account(1)).Without(Of("👍"), Account(2)).Without(Of("❤"), Account(1)).IsEmpty);
        Assert.True(Reactions.Parse(Reactions.None.ToString()).IsEmpty);
    }

    [Fact]
    public void There_Is_Room_For_So_Many_And_No_More()
    {
        Reactions full = Enumerable.Range(0, Reactions.MaxReactions).Aggregate(Reactions.None, (reactions, i) => reactions.With(Of("👍"), Account(i))!);
        Assert.Null(full.With(Of("👍"), Account(Reactions.MaxReactions)));
        Assert.InRange(full.ToString().Length, 1, 32_768); // What a property of Table Storage holds.

        string[] emojis = [.. Enumerable.Range(0x1F600, Reactions.MaxEmojis + 1).Select(char.ConvertFromUtf32)];
        Reactions many = emojis[..^1].Index().Aggregate(Reactions.None, (reactions, next) => reactions.With(Of(next.Item), Account(next.Index / Reactions.MaxPerPerson))!);
        Assert.Null(many.With(Of(emojis[^1]), Account(9)));
        Assert.NotNull(many.With(Of(emojis[0]), Account(9)));
    }

    [Fact]
    public void One_Person_Leaves_Room_For_Others()
    {
        string[] emojis = [.. Enumerable.Range(0x1F600, Reactions.MaxPerPerson + 1).Select(char.ConvertFromUtf32)];
        Reactions some = emojis[..^1].Aggregate(Reactions.None, (reactions, emoji) => reactions.With(Of(emoji), Account(1))!);
        Assert.Null(some.With(Of(emojis[^1]), Account(1)));
        Assert.NotNull(some.With(Of(emojis[^1]), Account(2)));
        Assert.NotNull(some.Without(Of(emojis[0]), Account(1)).With(Of(emojis[^1]), Account(1)));
    }

    [Fact]
    public void What_Was_Stored_Is_Read_Whatever_It_Is() =>
        Assert.Equal("→", Assert.Single(Reactions.Parse($"→ {Account(1).Value}").All).Emoji.Text);

    private static Emoji Of(string text) => Emoji.Parse(text)!;

    private static AccountId Account(int number) => new(number.ToString("x32", System.Globalization.CultureInfo.InvariantCulture));
}
