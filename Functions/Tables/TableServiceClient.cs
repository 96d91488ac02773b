using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using ServerlessChat.Tables.Wire;

namespace ServerlessChat.Tables;

/// <summary>
/// Table Storage over REST, in the shape of Azure.Data.Tables: the same names for what it offers. One client serves the whole
/// process and all threads. Making one sends nothing.
/// </summary>
public sealed class TableServiceClient
{
    private const string Scope = "https://storage.azure.com/.default";

    private readonly TablePipeline _pipeline;

    /// <param name="connectionString"><c>UseDevelopmentStorage=true</c>, or <c>AccountName</c> and <c>AccountKey</c> with
    /// <c>TableEndpoint</c>, or with <c>DefaultEndpointsProtocol</c> (https) and <c>EndpointSuffix</c> (core.windows.net).</param>
    /// <exception cref="FormatException">A part is missing or malformed. The message names it, and holds no key.</exception>
    public TableServiceClient(string connectionString, TableClientOptions? options = null)
        : this(StorageAddress.Parse(connectionString), options)
    {
    }

    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(endpoint, new SharedKeyLitePolicy(credential, TimeProvider.System), options)
    {
    }

    /// <summary>As an identity of Microsoft Entra that has the role Storage Table Data Contributor.</summary>
    /// <exception cref="ArgumentException">The endpoint isn't https: tokens are not sent in the clear.</exception>
    public TableServiceClient(Uri endpoint, TokenCredential credential, TableClientOptions? options = null)
        : this(endpoint, new BearerTokenAuthenticationPolicy(credential, Scope), options)
    {
        if (!string.Equals(endpoint.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal))
        {
            throw new ArgumentException("With a TokenCredential the endpoint must be https.", nameof(endpoint));
        }
    }

    private TableServiceClient(StorageAddress address, TableClientOptions? options)
        : this(address.Endpoint, address.Credential, options)
    {
    }

    private TableServiceClient(Uri endpoint, HttpPipelinePolicy authentication, TableClientOptions? options)
    {
        Uri = endpoint;
        _pipeline = new TablePipeline(endpoint, authentication, options ?? new TableClientOptions());
    }

    /// <summary>The account's endpoint.</summary>
    public Uri Uri { get; }

    /// <param name="tableName">3 to 63 ASCII letters and digits, a letter first. Names differ not by case.</param>
    public TableClient GetTableClient(string tableName) => new(_pipeline, tableName);

    /// <exception cref="TableRequestFailedException">For example 409 <see cref="TableErrorCode.TableBeingDeleted"/>, for about 40 seconds
    /// after a table of that name was deleted.</exception>
    public Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Deletes the table and all its rows. One that doesn't exist is answered with status 404, which doesn't throw.</summary>
    public Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).DeleteAsync(cancellationToken);
}
