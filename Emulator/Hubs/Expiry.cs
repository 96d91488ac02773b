namespace Emulator.Hubs;

/// <summary>When a message with a time to live is not delivered any more.</summary>
internal static class Expiry
{
    /// <returns>A timestamp of the clock; 0: never, as the service reads a time to live of 0.</returns>
    public static long After(int seconds, TimeProvider timeProvider) =>
        seconds == 0 ? 0 : timeProvider.GetTimestamp() + (seconds * timeProvider.TimestampFrequency);
}
