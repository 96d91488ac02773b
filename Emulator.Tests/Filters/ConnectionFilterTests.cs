using Emulator.Clients;
using Emulator.Filters;
using Emulator.Hubs;

namespace Emulator.Tests.Filters;

public sealed class ConnectionFilterTests
{
    [Theory]
    [InlineData("userId eq 'ann'", true)]
    [InlineData("USERID ne null", true)]
    [InlineData("userId eq null", false)]
    [InlineData("userId eq 'Ann'", false)]
    [InlineData("connectionId eq 'c1'", true)]
    [InlineData("'a' in groups and not('z' in groups)", true)]
    [InlineData("'a' in groups and 'b' in groups", true)]
    [InlineData("'A' in groups", false)]
    [InlineData("userId in ('x', 'ann') and connectionId ne 'c2'", true)]
    [InlineData("length(groups) gt 1", true)]
    [InlineData("length(groups) lt 2", false)]
    [InlineData("length(userId) eq 3", true)]
    [InlineData("length(userId) ge +3 and length(userId) le 3", true)]
    [InlineData("startswith(userId,'a') or userId eq null", true)]
    [InlineData("endswith(userId,'N')", false)]
    [InlineData("contains(userId,'nn')", true)]
    [InlineData("indexof(userId,'n') eq 1", true)]
    [InlineData("indexof(userId,'z') eq -1", true)]
    [InlineData("toupper(userId) eq 'ANN' and tolower('AB') eq 'ab'", true)]
    [InlineData("trim(' ann ') eq userId", true)]
    [InlineData("concat(userId,'!') eq 'ann!'", true)]
    [InlineData("substring(userId,1) eq 'nn' and substring(userId,0,1) eq 'a'", true)]
    [InlineData("substring(userId,9) eq ''", true)]
    [InlineData("'o''hara' eq concat('o''','hara')", true)]
    [InlineData("false or true and false", false)]
    [InlineData("(false or true) and true", true)]
    [InlineData("true or false and false", true)]
    [InlineData("not false and true", true)]
    [InlineData("not (userId eq 'bob')", true)]
    [InlineData("1 eq '1'", false)]
    [InlineData("null eq null", true)]
    [InlineData("protocol eq 'json.webpubsub.azure.v1'", true)]
    [InlineData("true eq (userId eq 'ann')", true)]
    public void Filter_Selects_Connections(string filter, bool selected) =>
        Assert.Equal(selected, ConnectionFilter.Parse(filter).Matches(Ann()));

    [Theory]
    [InlineData("invalid filter", "Syntax error at position 14 in 'invalid filter'.", null)]
    [InlineData("userId eq", "Syntax error at position 9 in 'userId eq'.", null)]
    [InlineData("(userId eq null", "Syntax error at position 15 in '(userId eq null'.", null)]
    [InlineData("userId eq 'x", "There is an unterminated string literal at position 12 in 'userId eq 'x'.", null)]
    [InlineData("userId eq 1.5", null, null)]
    [InlineData("nofunction(userId)", "Unknown function 'nofunction'.", null)]
    [InlineData("length(userId, 1) eq 1", null, null)]
    [InlineData("userId & 1", null, null)]
    [InlineData("not length(userId) gt 5", "Type 'null', expect 'bool'.", "not length(userId)")]
    [InlineData("true or length(1) eq 1", null, "length(1)")]
    [InlineData("'a' in 'b'", null, "'a' in 'b'")]
    [InlineData("userId", "Type 'null', expect 'bool'.", null)]
    [InlineData("'a' gt 1", "Type 'string', expect 'int'.", "'a' gt 1")]
    public void Filter_That_Is_None_Is_Refused(string filter, string? message, string? part)
    {
        var error = Assert.Throws<FilterException>(() => ConnectionFilter.Parse(filter));
        Assert.Equal(part, error.Part);
        if (message is not null)
        {
            Assert.Equal(message, error.Message);
        }
    }

    [Fact]
    public void Depth_Is_Bounded_And_Length_Is_Not()
    {
        Assert.Throws<FilterException>(() => ConnectionFilter.Parse($"{new string('(', 200)}true{new string(')', 200)}"));
        Assert.Throws<FilterException>(() => ConnectionFilter.Parse(string.Concat(Enumerable.Repeat("not ", 100_000)) + "true"));
        Assert.Throws<FilterException>(() => ConnectionFilter.Parse("1" + string.Concat(Enumerable.Repeat(" eq 1", 100_000))));
        Assert.True(ConnectionFilter.Parse(string.Concat(Enumerable.Repeat("false or ", 50_000)) + "true").Matches(Ann()));
        Assert.True(ConnectionFilter.Parse($"{new string('(', 50)}true{new string(')', 50)}").Matches(Ann()));
    }

    private static Connection Ann()
    {
        var hub = new Hub("test", new(), (_, _) => { });
        var connection = new Connection(hub, "c1", "ann", ClientProtocol.Json, Subprotocols.Json, new());
        hub.Add(connection, ["a", "b"]);
        return connection;
    }
}
