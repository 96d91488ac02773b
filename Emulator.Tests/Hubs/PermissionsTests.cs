using Emulator.Hubs;

namespace Emulator.Tests.Hubs;

public sealed class PermissionsTests
{
    [Theory]
    [InlineData("room-?", "room-1", true)]
    [InlineData("room-?", "room-.", false)]
    [InlineData("room-?", "room-", false)]
    [InlineData("a.*", "a.b", true)]
    [InlineData("a.*", "a.b.c", false)]
    [InlineData("a.**", "a.b.c", true)]
    [InlineData("*", "", true)]
    [InlineData(@"a\*b", "a*b", true)]
    [InlineData(@"a\*b", "axb", false)]
    [InlineData(@"a\\b", @"a\b", true)]
    [InlineData("*-*-*", "a-b-c", true)]
    [InlineData("**x", "aaax", true)]
    [InlineData("A*", "ab", false)]
    public void Pattern_Matches_Groups(string pattern, string group, bool matches) =>
        Assert.Equal(matches, GroupPattern.Parse(pattern)!.Matches(group));

    [Fact]
    public void Pattern_Takes_No_Time_To_Refuse_A_Name_Made_To_Make_It_Search()
    {
        var pattern = GroupPattern.Parse("*-*-*-*-*")!;

        // By backtracking each of these would take hours.
        Assert.All(Enumerable.Range(0, 100), i => Assert.False(pattern.Matches(new string('-', 1000 + (i % 23)) + ".")));
        Assert.True(pattern.Matches(new string('-', 1024)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("******")]
    [InlineData("***-***")]
    [InlineData(@"a\")]
    [InlineData(@"a\b")]
    public void Pattern_That_The_Service_Refuses_Grants_Nothing(string pattern)
    {
        Assert.Null(GroupPattern.Parse(pattern));
        var permissions = new Permissions();
        permissions.AddRoles([$"webpubsub.sendToGroups.{pattern}"]);
        Assert.False(permissions.Allows(GroupRight.Send, "a"));
    }

    [Fact]
    public void Rights_Are_Apart_And_Add_Up()
    {
        var permissions = new Permissions();
        permissions.AddRoles(["webpubsub.sendToGroup.a.b", "nonsense", "webpubsub.joinLeaveGroupX", "webpubsub.joinLeaveGroup."]);
        Assert.True(permissions.Allows(GroupRight.Send, "a.b"));
        Assert.False(permissions.Allows(GroupRight.Send, "a"));
        Assert.False(permissions.Allows(GroupRight.JoinLeave, "a.b"));
        permissions.Grant(GroupRight.JoinLeave, "c");
        Assert.True(permissions.Allows(GroupRight.JoinLeave, "c"));
        permissions.Revoke(GroupRight.JoinLeave, "c");
        permissions.Revoke(GroupRight.JoinLeave, "d");
        Assert.False(permissions.Allows(GroupRight.JoinLeave, "c"));
    }
}
