namespace ServerlessChat.Tests;

/// <summary>Keys that are worth nothing outside a test.</summary>
internal static class TestKeys
{
    /// <summary>Signs every host's access tokens, so that hosts over one storage account take each other's.</summary>
    public const string TokenKey = "dGVzdHMgb25seTogdGhpcyBrZXkgc2lnbnMgbm90aGluZyBlbHNlIGF0IGFsbA==";

    public static string AccountKey(string connectionString) =>
        connectionString.Split(';').FirstOrDefault(p => p.StartsWith("AccountKey=", StringComparison.OrdinalIgnoreCase))?["AccountKey=".Length..]
        ?? "AccountKey=";
}
