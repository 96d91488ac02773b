using System.Buffers;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;

namespace ServerlessChat.Tables.Wire;

/// <summary>
/// A query's pages, until there is no token. A page may be empty and still have one: the service ends a page where a partition
/// server's range ends and after five seconds.
/// </summary>
/// <remarks>A token is opaque, and is what the next request's query string needs. It may lack the row key.</remarks>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/query-timeout-and-pagination">Query timeout and pagination</seealso>
internal sealed class QueryPageable<T>(
    TablePipeline pipeline, string table, string? filter, int? maxPerPage, IEnumerable<string>? select, CancellationToken cancellationToken)
    : AsyncPageable<T>(cancellationToken)
    where T : class, ITableEntity
{
    private const int MostPerPage = 1000;

    // What Uri.EscapeDataString leaves or makes.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~%");

    private readonly string? _select = select is null ? null : string.Join(',', select);

    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        int? size = pageSizeHint ?? maxPerPage;
        if (size is { } asked)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(asked, 1, nameof(pageSizeHint));
        }

        return PagesAsync(Checked(continuationToken), size, CancellationToken);
    }

    private async IAsyncEnumerable<Page<T>> PagesAsync(string? token, int? size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = Path(size);
        do
        {
            TableRequest request = new(RequestMethod.Get, string.IsNullOrEmpty(token) ? path : $"{path}&{token}", table);
            Response response = (await pipeline.SendAsync(request, cancellationToken)).OrThrow();
            IReadOnlyList<T> rows = (IReadOnlyList<T>)(object)ResponseBody.ReadPage(response);
            token = Token(response);
            yield return Page<T>.FromValues(rows, token, response);
        }
        while (token is not null);
    }

    /// <summary>A token that came back from outside must not bring a filter of its own into the query string.</summary>
    private static string? Checked(string? token)
    {
        bool isToken = string.IsNullOrEmpty(token) || token.Split('&').All(static part =>
            (part.StartsWith("NextPartitionKey=", StringComparison.Ordinal) || part.StartsWith("NextRowKey=", StringComparison.Ordinal))
            && part.AsSpan(part.IndexOf('=', StringComparison.Ordinal) + 1).IndexOfAnyExcept(TokenCharacters) < 0);
        return isToken ? token : throw new ArgumentException("That is no continuation token.", nameof(token));
    }

    private string Path(int? size)
    {
        List<string> query = [];
        Add(query, "$filter", filter);
        Add(query, "$select", _select);
        if (size is { } asked)
        {
            query.Add($"$top={Math.Min(asked, MostPerPage)}");
        }

        return $"/{table}()?{string.Join('&', query)}";
    }

    private static void Add(List<string> query, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            query.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }

    private static string? Token(Response response)
    {
        List<string> token = [];
        AddNext(token, response, "NextPartitionKey");
        AddNext(token, response, "NextRowKey");
        return token.Count == 0 ? null : string.Join('&', token);
    }

    // The emulator sends empty headers where there is nothing more.
    private static void AddNext(List<string> token, Response response, string name) =>
        Add(token, name, response.Headers.TryGetValue("x-ms-continuation-" + name, out string? value) ? value : null);
}
