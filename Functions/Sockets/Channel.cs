namespace ServerlessChat.Sockets;

/// <summary>The three channels; each is a hub of Web PubSub of this name.</summary>
public static class Channel
{
    /// <summary>The messages of one group.</summary>
    public const string Group = "chat";

    /// <summary>The messages of one pair.</summary>
    public const string Private = "private_chat";

    /// <summary>Everything that concerns one person.</summary>
    public const string Notifications = "notifications";

    public static readonly IReadOnlyList<string> All = [Group, Private, Notifications];
}
