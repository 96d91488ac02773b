using System.ComponentModel.DataAnnotations;

namespace Emulator;

/// <summary>Settings of the emulator. In configuration they are the section <c>WebPubSub</c>, by the same names.</summary>
/// <remarks>
/// Where the service's behaviour could not be verified, the default is the lenient reading and the setting offers the other one;
/// <c>README.md</c> tells which these are.
/// </remarks>
public sealed class WebPubSubEmulatorOptions
{
    /// <summary>The development key that the vendor's own emulator uses: public, for local runs only.</summary>
    public const string DevelopmentAccessKey = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFGH";

    /// <summary>Address to listen on. Port 0 takes a free one. Default: a free port of the loopback interface.</summary>
    [Required]
    public string Url { get; set; } = "http://127.0.0.1:0";

    /// <summary>The address that clients and servers are told, if a proxy stands before the emulator; null: where it listens.</summary>
    public string? PublicEndpoint { get; set; }

    /// <summary>Primary key: its UTF-8 bytes sign tokens and events. At least 16 characters.</summary>
    [Required, MinLength(16)]
    public string AccessKey { get; set; } = DevelopmentAccessKey;

    /// <summary>Secondary key, equally valid. At least 16 characters.</summary>
    [Required, MinLength(16)]
    public string SecondaryAccessKey { get; set; } = "HGFEDCBA9876543210ZYXWVUTSRQPONMLKJIHGFEDCBA";

    /// <summary>Hub settings by hub name (any case); <c>_default</c> holds for hubs without their own. A hub needs no settings to be used.</summary>
    public IDictionary<string, HubOptions> Hubs { get; } = new Dictionary<string, HubOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How far clocks may differ when a token's times are checked. Default 5 minutes, 0 to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan TokenClockSkew { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Accepts Entra ID tokens on REST calls by audience and lifetime alone; signatures are not checked. Default false.</summary>
    public bool AllowUnvalidatedEntraTokens { get; set; }

    /// <summary>Whether <c>:generateToken</c> may be called with an access-key token. Default true.</summary>
    public bool AllowGenerateTokenByAccessKey { get; set; } = true;

    /// <summary>Whether an unknown <c>api-version</c> is treated as the newest instead of being answered with 400. Default true.</summary>
    public bool AcceptUnknownApiVersions { get; set; } = true;

    /// <summary>Whether adding a user without connections to a group is answered with 404 instead of 200. Default false.</summary>
    public bool AddAbsentUserToGroupIsNotFound { get; set; }

    /// <summary>Where anonymous clients are allowed: whether a client with an invalid token is let in as anonymous instead of 401. Default true.</summary>
    public bool InvalidTokenIsAnonymous { get; set; } = true;

    /// <summary>Whether a subprotocol of the application's own is accepted without a <c>connect</c> handler that picks it. Default true.</summary>
    public bool AcceptCustomSubprotocolWithoutHandler { get; set; } = true;

    /// <summary>Whether the <c>connect</c> event's <c>query</c> keeps <c>access_token</c>. Default false.</summary>
    public bool IncludeAccessTokenInConnectEvent { get; set; }

    /// <summary>
    /// Whether a reliable client's close frame without a code ends its session at once. Default false: it counts as a drop, because the
    /// JavaScript client sends the same frame when it has lost the service and means to recover.
    /// </summary>
    public bool CloseWithoutCodeEndsSession { get; set; }

    /// <summary>Whether a PubSub client is closed (1011) after the error ack of a failed user event. Default true.</summary>
    public bool CloseClientWhenEventFails { get; set; } = true;

    /// <summary>Longest wait for an event handler's answer. Default 30 s, 10 ms to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:10:00")]
    public TimeSpan UpstreamTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for the answer to a validation request. Default 10 s, 10 ms to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:10:00")]
    public TimeSpan UpstreamValidationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a refused validation is remembered before the next event asks again. Default 1 s, 0 to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan UpstreamValidationRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a dropped reliable client's session is kept. Default 30 s, 10 ms to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "01:00:00")]
    public TimeSpan RecoveryWindow { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a client may stay silent after a protocol ping before it is closed. Default 20 s, 10 ms to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:10:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a closing handshake may take before the TCP connection is cut. Default 5 s, 10 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.0100000", "00:01:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest WebSocket message and REST body in bytes. Default 1 MiB, 1 KiB to 16 MiB.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 1024 * 1024;

    /// <summary>Messages that may wait for one client that reads slowly. Default 10,000; never less than <see cref="MaxUnacknowledgedMessages"/>.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueuedMessages { get; set; } = 10_000;

    /// <summary>Bytes that may wait for one client, unacknowledged ones included. Default 16 MiB.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxQueuedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Unacknowledged messages that a reliable session keeps. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxUnacknowledgedMessages { get; set; } = 1000;

    /// <summary>Close code for a client that reads too slowly. Default 1008, which official clients answer with a new connection.</summary>
    [Range(1000, 4999)]
    public int SlowClientCloseCode { get; set; } = 1008;

    /// <summary>The clock; tests may set another.</summary>
    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
