using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace ServerlessChat.Tables.Wire;

/// <summary>Sends requests to one account and creates tables that are missing.</summary>
internal sealed class TablePipeline
{
    // The first version that accepts Entra tokens for tables.
    private const string ServiceVersion = "2020-12-06";

    // Minimal metadata, not none: only then do results of a query carry their ETags, and Int64, dates, GUIDs and binary their types.
    // Full metadata would add links and the types of dates that are known by name, for three times the bytes.
    private const string Accept = "application/json;odata=minimalmetadata";

    private readonly HttpPipeline _pipeline;

    public TablePipeline(Uri endpoint, HttpPipelinePolicy authentication, TableClientOptions options)
    {
        options.Validate();
        Endpoint = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        CreateMissingTables = options.CreateMissingTables;
        RefuseScans = options.RefuseScans;
        options.RetryPolicy ??= new TableRetryPolicy(options.Retry, TimeProvider.System);
        _pipeline = HttpPipelineBuilder.Build(options, authentication);
    }

    /// <summary>Without a slash at the end.</summary>
    public string Endpoint { get; }

    public bool RefuseScans { get; }

    private bool CreateMissingTables { get; }

    /// <summary>Sends the request, again where that is safe to do blindly, and once more when the table had to be created.</summary>
    /// <exception cref="TableRequestFailedException">No answer came (status 0). Every answer is returned, errors too.</exception>
    public async ValueTask<TableAnswer> SendAsync(TableRequest request, CancellationToken cancellationToken)
    {
        TableAnswer answer = await SendOnceAsync(request, cancellationToken);
        if (!CreateMissingTables || request.Table is null || !IsTableMissing(answer))
        {
            return answer;
        }

        (await CreateTableAsync(request.Table, cancellationToken)).OrThrow();
        TableAnswer second = await SendOnceAsync(request, cancellationToken);
        return second with { WasRetried = answer.WasRetried || second.WasRetried };
    }

    /// <summary>Creates the table; one that exists already is an answer of success.</summary>
    public async ValueTask<TableAnswer> CreateTableAsync(string table, CancellationToken cancellationToken)
    {
        // A table's name holds ASCII letters and digits only, so it needs no escaping.
        TableRequest request = new(RequestMethod.Post, "/Tables", Table: null)
        {
            Body = System.Text.Encoding.ASCII.GetBytes($$"""{"TableName":"{{table}}"}"""),
        };
        TableAnswer answer = await SendOnceAsync(request, cancellationToken);
        if (answer.Is(409, TableErrorCode.TableAlreadyExists))
        {
            return answer with { Response = new PartResponse(204) };
        }

        return answer;
    }

    private static bool IsTableMissing(TableAnswer answer) => answer.Response.Status switch
    {
        404 => answer.Is(404, TableErrorCode.TableNotFound),
        202 => BatchReader.Failure(answer.Response) is { Status: 404, Code: TableErrorCode.TableNotFound },
        _ => false,
    };

    private async ValueTask<TableAnswer> SendOnceAsync(TableRequest request, CancellationToken cancellationToken)
    {
        using HttpMessage message = Compose(request);
        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
            return new TableAnswer(message.Response, WasRetried(message));
        }
        catch (AggregateException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception e) when (IsNoAnswer(e, cancellationToken))
        {
            string detail = e is AggregateException many ? many.InnerExceptions[^1].Message : e.Message;
            throw new TableRequestFailedException(0, $"Table Storage gave no answer: {detail}", errorCode: null, e, WasRetried(message));
        }
    }

    // Retried in vain, a lost connection, a body that broke off, a try that took too long, no token.
    private static bool IsNoAnswer(Exception e, CancellationToken cancellationToken) =>
        e is AggregateException or RequestFailedException or IOException or AuthenticationFailedException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static bool WasRetried(HttpMessage message) => message.ProcessingContext.RetryNumber > 0;

    private HttpMessage Compose(TableRequest source)
    {
        HttpMessage message = _pipeline.CreateMessage();
        Request request = message.Request;
        request.Method = source.Method;
        request.Uri.Reset(new Uri(Endpoint + source.Path));
        request.Headers.Add("x-ms-version", ServiceVersion);
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add("MaxDataServiceVersion", "3.0;NetFx");
        request.Headers.Add(HttpHeader.Names.Accept, Accept);
        if (source.IfMatch is not null)
        {
            request.Headers.Add(HttpHeader.Names.IfMatch, source.IfMatch);
        }

        if (source.Body is not null)
        {
            request.Headers.Add(HttpHeader.Names.ContentType, source.ContentType);
            request.Headers.Add("Prefer", "return-no-content");
            request.Content = RequestContent.Create(source.Body);
        }

        return message;
    }
}
