namespace ServerlessChat.Blocks;

/// <summary>Whom the caller blocks.</summary>
/// <param name="Blocks">The newest first.</param>
public sealed record BlockListResponse(IReadOnlyList<BlockResponse> Blocks);

/// <summary>Somebody whom the caller blocks.</summary>
/// <param name="Username">Of somebody erased since: <c>deleted-…</c>, by which the block is lifted too.</param>
/// <param name="DisplayName">As it was when they were blocked.</param>
public sealed record BlockResponse(string Username, string DisplayName, DateTimeOffset BlockedAt)
{
    public static BlockResponse Of(BlockRow row) => new(row.Other.Text, row.DisplayName, row.At);
}
