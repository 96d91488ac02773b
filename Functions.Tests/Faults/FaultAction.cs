namespace ServerlessChat.Tests.Faults;

/// <summary>What the proxy does with a request.</summary>
public enum FaultAction
{
    None,

    /// <summary>Answers 503 ServerBusy; the request isn't forwarded.</summary>
    Refuse,

    /// <summary>Forwards the request, then answers 503 instead of what came.</summary>
    ForwardThenRefuse,

    /// <summary>Cuts the connection; the request isn't forwarded.</summary>
    Drop,

    /// <summary>Forwards the request, then cuts the connection: it was carried out, and the client never hears of it.</summary>
    ForwardThenDrop,
}
