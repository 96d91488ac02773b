namespace Emulator;

/// <summary>One webhook that gets events of a hub, with the names of the ARM model.</summary>
public sealed class EventHandlerOptions
{
    /// <summary>Absolute http(s) address; <c>{hub}</c> and <c>{event}</c> are replaced, but not in the host.</summary>
    public string UrlTemplate { get; set; } = "";

    /// <summary><c>*</c>, one event name or several parted by commas, any case; null or empty: no user events.</summary>
    public string? UserEventPattern { get; set; }

    /// <summary>Any of <c>connect</c>, <c>connected</c>, <c>disconnected</c>.</summary>
    public IList<string> SystemEvents { get; } = [];

    /// <summary>What the service presents to the handler; null: nothing.</summary>
    public EventHandlerAuthOptions? Auth { get; set; }
}

/// <summary>The <c>auth</c> member of an event handler.</summary>
public sealed class EventHandlerAuthOptions
{
    /// <summary><c>None</c> or <c>ManagedIdentity</c>, any case.</summary>
    public string Type { get; set; } = "None";

    /// <summary>Required when <see cref="Type"/> is <c>ManagedIdentity</c>.</summary>
    public ManagedIdentityOptions? ManagedIdentity { get; set; }
}

/// <summary>The <c>managedIdentity</c> member of <c>auth</c>.</summary>
public sealed class ManagedIdentityOptions
{
    /// <summary>Becomes the audience of the token in the <c>Authorization</c> header of every event.</summary>
    public string Resource { get; set; } = "";
}
