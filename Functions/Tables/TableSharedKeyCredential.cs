using System.Security.Cryptography;
using System.Text;

namespace ServerlessChat.Tables;

/// <summary>An account's name and key. Signs requests with Shared Key Lite.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key">Authorize with Shared Key</seealso>
public sealed class TableSharedKeyCredential
{
    private readonly byte[] _key;

    /// <exception cref="FormatException">The key isn't base64. The message doesn't repeat it.</exception>
    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountName);
        ArgumentException.ThrowIfNullOrEmpty(accountKey);
        AccountName = accountName;
        byte[] key = new byte[accountKey.Length];
        if (!Convert.TryFromBase64String(accountKey, key, out int length) || length == 0)
        {
            throw new FormatException($"The key of the storage account {accountName} isn't base64.");
        }

        _key = key[..length];
    }

    public string AccountName { get; }

    /// <summary>The value of <c>Authorization</c> for a date and a path.</summary>
    /// <param name="date">The value of <c>x-ms-date</c>.</param>
    /// <param name="path">The path as it is sent, escaped. Requests with <c>?comp=</c>, which would belong to it, are not made here.</param>
    internal string Sign(string date, string path)
    {
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{date}\n/{AccountName}{path}"), signature);
        return $"SharedKeyLite {AccountName}:{Convert.ToBase64String(signature)}";
    }
}
