using System.Buffers.Text;
using System.Text.Json;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Erasing;

/// <summary>The account id of a token.</summary>
internal sealed record JwtSubject(string Token)
{
    public string Value { get; } = JsonElement.Parse(Base64Url.DecodeFromChars(Token.Split('.')[1])).Text("sub")!;
}
