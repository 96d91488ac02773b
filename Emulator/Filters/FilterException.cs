namespace Emulator.Filters;

/// <summary>A filter that cannot be read or whose types don't fit; the message is in the service's words.</summary>
/// <param name="part">The part of the filter whose types don't fit; null: the filter as a whole.</param>
internal sealed class FilterException(string message, string? part = null) : Exception(message)
{
    public string? Part { get; } = part;
}
