using Azure;
using ServerlessChat.Names;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Accounts;

/// <summary>
/// The row <c>account</c> of <c>users</c>. An empty language stands for none: a merge can't remove a property. Of an erased account it is a tombstone:
/// it keeps the name from being registered, holds nothing about its person but the id, and nobody but the erasure takes it for an account.
/// </summary>
internal static class AccountRow
{
    public const string Id = "Id";
    public const string Name = "Username";
    public const string PasswordHash = "PasswordHash";
    public const string DisplayName = "DisplayName";
    public const string Bio = "Bio";
    public const string Language = "Language";
    public const string CreatedAt = "CreatedAt";

    /// <summary>Of a tombstone alone: when the account was erased.</summary>
    public const string ErasedAt = "ErasedAt";

    /// <summary>Of a tombstone alone: by which request. It tells a request whose answer was lost that it was the one.</summary>
    public const string ErasureId = "ErasureId";

    /// <summary>What a profile needs; not the password's hash.</summary>
    public static readonly string[] ProfileColumns = [Id, Name, DisplayName, Bio, Language, CreatedAt, ErasedAt];

    public static TableEntity Of(AccountProfile profile, string passwordHash) => new(Keys.User(profile.Username), Keys.Account)
    {
        [Id] = profile.Id.Value,
        [Name] = profile.Username.Text,
        [PasswordHash] = passwordHash,
        [DisplayName] = profile.DisplayName,
        [Bio] = profile.Bio,
        [Language] = profile.Language ?? "",
        [CreatedAt] = profile.CreatedAt,
    };

    public static TableEntity Tombstone(string partition, AccountId id, string erasureId, DateTimeOffset now) => new(partition, Keys.Account)
    {
        [Id] = id.Value,
        [ErasedAt] = now,
        [ErasureId] = erasureId,
    };

    public static bool IsErased(TableEntity row) => row[ErasedAt] is not null;

    /// <summary>Null for a tombstone.</summary>
    public static AccountProfile? ProfileOrNone(TableEntity row) => IsErased(row) ? null : Profile(row);

    public static AccountProfile Profile(TableEntity row) => new(
        OwnerOf(row),
        NameOf(row),
        row.GetString(DisplayName)!,
        row.GetString(Bio)!,
        row.GetString(Language) is { Length: > 0 } language ? language : null,
        row.GetDateTimeOffset(CreatedAt)!.Value);

    public static AccountId OwnerOf(TableEntity row) => new(row.GetString(Id)!);

    /// <summary>The name kept the rules when it was registered.</summary>
    public static Username NameOf(TableEntity row) =>
        Username.Parse(row.GetString(Name)) ?? throw new InvalidOperationException("An account's row holds a username that breaks the rules.");

    /// <summary>A merge into the account, which also proves that it has not changed since it was read.</summary>
    public static TableTransactionAction Guard(TableEntity account, string? passwordHash)
    {
        var change = new TableEntity(account.PartitionKey, account.RowKey);
        if (passwordHash is not null)
        {
            change[PasswordHash] = passwordHash;
        }

        return new TableTransactionAction(TableTransactionActionType.UpdateMerge, change, account.ETag);
    }

    public static TableTransactionAction Delete(TableEntity row, ETag etag) => new(TableTransactionActionType.Delete, row, etag);
}
