namespace ServerlessChat.Tables;

/// <summary>What an update does with properties that it doesn't name.</summary>
public enum TableUpdateMode
{
    /// <summary>Keeps them. A property that is null is not sent, so a merge can't remove one.</summary>
    Merge,

    /// <summary>Removes them.</summary>
    Replace,
}
