namespace ServerlessChat.Names;

/// <summary>Usernames that keep the rules and can't be registered all the same, because something else is called so.</summary>
public static class ReservedNames
{
    /// <summary>How the names begin under which people find their chats with erased accounts.</summary>
    public const string DeletedPrefix = "deleted-";

    /// <summary><c>/chat/profile/export/</c> is an address of its own.</summary>
    private const string Export = "export";

    /// <summary>Why the name can't be had; null when it can.</summary>
    public static string? Explain(Username username) => username.Key switch
    {
        Export => "This name is an address of the service.",
        { } key when key.StartsWith(DeletedPrefix, StringComparison.Ordinal) => $"Names that begin with {DeletedPrefix} stand for accounts that are gone.",
        _ => null,
    };
}
