using System.Text.Json;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;
using ServerlessChat.Names;

namespace ServerlessChat.Tests.Accounts;

public sealed class ProfileRulesTests
{
    private static readonly AccountProfile Sara = new(
        new AccountId("1"), Username.Parse("sara")!, "Sara", "Here.", "fa", new DateTimeOffset(2026, 11, 22, 8, 15, 2, 123, TimeSpan.Zero));

    [Fact]
    public void An_Absent_Field_Stays() => Assert.Equal(Sara, Apply("{}"));

    [Fact]
    public void Null_Takes_The_Default_Again() => Assert.Equal(
        Sara with { DisplayName = "sara", Bio = "", Language = null }, Apply("""{"display_name":null,"bio":null,"language":null}"""));

    [Fact]
    public void Given_Fields_Change() => Assert.Equal(
        Sara with { DisplayName = "\u0633\u0627\u0631\u0627 \U0001F33F", Language = "en-GB" },
        Apply("{\"display_name\":\"  \u0633\u0627\u0631\u0627 \U0001F33F\\n\",\"language\":\"en-GB\"}"));

    [Theory]
    [InlineData("\u0645\u06CC\u200C\u0631\u0648\u0645")]
    [InlineData("\u200Fa\u200E b")]
    [InlineData("\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    [InlineData("\u0639\u064E\u0644\u06CC")]
    public void Joiners_Marks_And_Direction_Marks_Are_Kept(string text) => Assert.Equal(text, Apply(Json("display_name", text)).DisplayName);

    [Fact]
    public void A_Bio_May_Have_Lines() => Assert.Equal("one\ntwo", Apply(Json("bio", "one\r\ntwo")).Bio);

    [Theory]
    [InlineData("display_name", "")]
    [InlineData("display_name", "   ")]
    [InlineData("display_name", "\u200C\u200F")]
    [InlineData("display_name", "a\u0000b")]
    [InlineData("display_name", "a\nb")]
    [InlineData("display_name", "a\u0085b")]
    [InlineData("bio", "a\u0007b")]
    [InlineData("bio", "a\tb")]
    [InlineData("language", "f")]
    [InlineData("language", "fa_IR")]
    [InlineData("language", "fa-")]
    [InlineData("language", "\u0641\u0627")]
    [InlineData("language", "abcdefghi")]
    public void A_Bad_Field_Is_Refused_By_Name(string field, string text) => Assert.Equal(field, Errors(Json(field, text)));

    [Theory]
    [InlineData("display_name", 64)]
    [InlineData("bio", 500)]
    public void Lengths_Are_Counted_In_Characters(string field, int longest)
    {
        string text = string.Concat(Enumerable.Repeat("\U0001F33F", longest));
        Assert.Empty(Errors(Json(field, text)));
        Assert.Equal(field, Errors(Json(field, text + "x")));
    }

    [Fact]
    public void A_Language_Has_At_Most_35_Characters()
    {
        Assert.Empty(Errors(Json("language", "aa-" + string.Join('-', Enumerable.Repeat("bbbbbbb", 4)))));
        Assert.Equal("language", Errors(Json("language", "aa-" + string.Join('-', Enumerable.Repeat("bbbbbbbb", 4)))));
    }

    [Fact]
    public void Every_Bad_Field_Is_Named_At_Once() => Assert.Equal(
        "language display_name bio", Errors("""{"display_name":5,"bio":["x"],"language":{}}"""));

    [Fact]
    public void Times_Have_Milliseconds() => Assert.Contains(
        "\"created_at\":\"2026-11-22T08:15:02.123Z\"",
        JsonSerializer.Serialize(ProfileResponse.Of(Sara), ChatJson.Default.ProfileResponse),
        StringComparison.Ordinal);

    private static AccountProfile Apply(string json)
    {
        (AccountProfile profile, Dictionary<string, string[]> errors) = ProfileRules.Apply(Sara, Parse(json));
        Assert.Empty(errors);
        return profile;
    }

    private static string Errors(string json) => string.Join(' ', ProfileRules.Apply(Sara, Parse(json)).Errors.Keys);

    private static ProfileRequest Parse(string json) => JsonSerializer.Deserialize(json, ChatJson.Default.ProfileRequest)!;

    private static string Json(string field, string text) => $"{{\"{field}\":\"{JsonEncodedText.Encode(text)}\"}}";
}
