namespace ServerlessChat.Names;

/// <summary>The one key by which names are compared.</summary>
public static class Folding
{
    public static string Fold(string text) => text.ToLowerInvariant();
}
