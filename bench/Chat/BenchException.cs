namespace ServerlessChat.Bench;

/// <summary>Why there are no figures; the message says it all.</summary>
internal sealed class BenchException(string message) : Exception(message);
