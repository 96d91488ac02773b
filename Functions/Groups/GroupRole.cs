namespace ServerlessChat.Groups;

/// <summary>What a member may do: a member reads and posts; an admin also changes the group, invites and removes members; the owner also names admins, hands over and deletes.</summary>
public static class GroupRole
{
    public const string Owner = "owner";
    public const string Admin = "admin";
    public const string Member = "member";
}

/// <summary>Who sees a group.</summary>
public static class GroupType
{
    /// <summary>Anyone signed in reads and posts; the first post makes a member. Listed in the directory.</summary>
    public const string Public = "public";

    /// <summary>Open to its members alone; to anyone else it does not exist.</summary>
    public const string Private = "private";
}
