namespace Emulator.Clients.WebSockets;

/// <summary>Close codes of RFC 6455, section 7.4.1, that the service or its clients use.</summary>
internal static class CloseCodes
{
    public const ushort Normal = 1000;
    public const ushort GoingAway = 1001;
    public const ushort ProtocolError = 1002;
    public const ushort UnsupportedData = 1003;

    /// <summary>Stands for a close frame without a code; never sent.</summary>
    public const ushort NoStatus = 1005;

    public const ushort InvalidData = 1007;
    public const ushort PolicyViolation = 1008;
    public const ushort MessageTooBig = 1009;
    public const ushort InternalError = 1011;

    /// <summary>Whether a peer may send this code (section 7.4.2).</summary>
    public static bool IsSendable(ushort code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
