using Azure;
using ServerlessChat.Tables;

namespace ServerlessChat.Tests.Tables;

/// <summary>Values in memory.</summary>
public sealed class TableEntityTests
{
    [Fact]
    public void A_Getter_Answers_Null_For_What_Is_Absent()
    {
        TableEntity entity = new("p", "r") { ["Nothing"] = null };

        Assert.Null(entity["Absent"]);
        Assert.Null(entity.GetInt64("Absent"));
        Assert.Null(entity.GetString("Nothing"));
        Assert.Null(entity.GetDateTimeOffset("Absent"));
        Assert.Null(entity.Timestamp);
        Assert.Equal(default, entity.ETag);
    }

    [Fact]
    public void A_Getter_Of_Another_Type_Throws()
    {
        TableEntity entity = new("p", "r") { ["Int"] = 1, ["Text"] = "1" };

        Assert.Throws<InvalidOperationException>(() => entity.GetInt64("Int"));
        Assert.Throws<InvalidOperationException>(() => entity.GetInt32("Text"));
        Assert.Throws<InvalidOperationException>(() => entity.GetString("Int"));
        Assert.Throws<InvalidOperationException>(() => entity.GetDateTimeOffset("Text"));
        Assert.Equal(1, entity.GetInt32("Int"));
    }

    [Fact]
    public void Keys_And_Version_Are_Values_Too()
    {
        TableEntity entity = new("p", "r") { ETag = new ETag("W/\"1\""), ["A"] = 1 };
        TableEntity copy = new(entity) { RowKey = "s" };

        Assert.Equal("p", entity["PartitionKey"]);
        Assert.Equal("W/\"1\"", entity["odata.etag"]);
        Assert.Equal(("p", "s", new ETag("W/\"1\""), 1), (copy.PartitionKey, copy.RowKey, copy.ETag, copy.GetInt32("A")));
        Assert.Equal("r", entity.RowKey);
    }
}
