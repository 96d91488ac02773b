namespace ServerlessChat.Local;

/// <summary>Something that who runs this can mend; the message says what, without a stack.</summary>
internal sealed class LocalException(string message) : Exception(message);
