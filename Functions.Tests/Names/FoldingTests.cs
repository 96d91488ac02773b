using FsCheck;
using FsCheck.Fluent;
using ServerlessChat.Names;

namespace ServerlessChat.Tests.Names;

public sealed class FoldingTests
{
    [Theory]
    [InlineData("Sara", "sara")]
    [InlineData("\u0639\u0644\u064A", "\u0639\u0644\u06CC")] // Arabic yeh
    [InlineData("\u0639\u0644\u0649", "\u0639\u0644\u06CC")] // alef maksura
    [InlineData("\u0643\u0627\u0648\u0647", "\u06A9\u0627\u0648\u0647")] // Arabic kaf
    [InlineData("\u06AF\u0631\u0648\u0647\u200C\u0645\u0627", "\u06AF\u0631\u0648\u0647\u0645\u0627")] // U+200C
    [InlineData("a\u06F1\u0662\u096B\uFF17", "a1257")] // Persian, Arabic, Devanagari, full-width digits
    [InlineData("\U0001D7D8x", "0x")] // a digit outside the basic plane
    [InlineData("\u0141\u00D3D\u0179", "\u0142\u00F3d\u017A")] // Polish
    [InlineData("\u041C\u041E\u0421\u041A\u0412\u0410", "\u043C\u043E\u0441\u043A\u0432\u0430")] // Cyrillic
    [InlineData("\u0391\u0398\u0397\u039D\u0391", "\u03B1\u03B8\u03B7\u03BD\u03B1")] // Greek
    [InlineData("I\u0131", "i\u0131")] // no Turkish rule: dotless i stays another letter
    [InlineData("\U00010400", "\U00010428")] // Deseret: case outside the basic plane
    [InlineData("", "")]
    public void Names_Are_Compared_By_This_Key(string text, string key) => Assert.Equal(key, Folding.Fold(text));

    [Fact]
    public void Folding_Twice_Changes_Nothing() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            string once = Folding.Fold(text ?? "");
            return string.Equals(once, Folding.Fold(once), StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_Character_Folds_Once_And_For_All()
    {
        for (int value = 0; value <= 0x10FFFF; value++)
        {
            if (value is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            string once = Folding.Fold(char.ConvertFromUtf32(value));
            Assert.Equal(once, Folding.Fold(once));
        }
    }

    [Fact]
    public void A_Lone_Surrogate_Does_Not_Break_Folding() => Assert.Equal("a\uFFFDb", Folding.Fold("A\uD800B"));
}
