using FsCheck;
using FsCheck.Fluent;
using ServerlessChat.Accounts.Tokens;
using ServerlessChat.Storage;

namespace ServerlessChat.Tests.Accounts;

public sealed class RefreshTokenTests
{
    private readonly RefreshToken _token = RefreshToken.New(Keys.Hash("sara"), Keys.NewId());

    [Fact]
    public void A_Token_Is_Read_As_It_Was_Written()
    {
        Assert.True(RefreshToken.TryParse(_token.Reveal(), out RefreshToken? read));
        Assert.Equal(_token.Partition, read.Partition);
        Assert.Equal(_token.SessionId, read.SessionId);
        Assert.True(read.Matches(_token.SecretHash));
    }

    [Fact]
    public void The_Stored_Hash_Does_Not_Tell_The_Secret() => Assert.DoesNotContain(_token.SecretHash, _token.Reveal(), StringComparison.Ordinal);

    [Fact]
    public void Another_Token_Of_The_Same_Session_Does_Not_Match()
    {
        Assert.False(RefreshToken.New(_token.Partition, _token.SessionId).Matches(_token.SecretHash));
        Assert.False(_token.Matches(null));
        Assert.False(_token.Matches(""));
    }

    [Fact]
    public void No_Log_Can_Hold_A_Token_By_Accident() => Assert.DoesNotContain(_token.Reveal()[^43..], $"{(object)_token}", StringComparison.Ordinal);

    [Fact]
    public void Changed_Shapes_Are_Refused()
    {
        string text = _token.Reveal();
        string[] bad =
        [
            "", ".", "..", text[1..], text + "A", text.Replace('.', '-'), text.ToUpperInvariant(), " " + text[1..],
            $"{text[..32]}.{new string('/', 32)}.{text[^43..]}", $"{new string('\'', 32)}{text[32..]}", $"{text[..^1]}\u0627", $"{text[..^1]}=", $"{text[..^1]} ", $"{text[..^1]}\n",
        ];
        Assert.All(bad, changed => Assert.False(RefreshToken.TryParse(changed, out _)));
        Assert.False(RefreshToken.TryParse(null, out _));
    }

    [Fact]
    public void No_Text_Makes_Reading_Throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => !RefreshToken.TryParse(text, out _)).QuickCheckThrowOnFailure();
}
