using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ServerlessChat.Bench.Stub;

/// <summary>From HTTP to the store and back.</summary>
internal static class StubProtocol
{
    private const string JsonType = "application/json;odata=minimalmetadata;streaming=true;charset=utf-8";
    private const int MostRows = 1000;

    // As the service writes: quotes as \", Persian as it is.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static async Task AnswerAsync(HttpContext context, StubStore store)
    {
        byte[] body = await ReadBodyAsync(context.Request);
        var target = StubTarget.Parse(context.Request.Path.Value!);
        Task answer = (target.Table, context.Request.Method) switch
        {
            ("Tables", "POST") => CreateTable(context.Response, store, body),
            ("Tables", _) => Refuse(context.Response, StubError.InvalidInput),
            ("$batch", "POST") => Submit(context.Response, store, body),
            (_, "GET") when target.RowKey is null => Query(context, store, target.Table),
            (_, "GET") => Find(context, store, target),
            _ => Write(context, store, target, body),
        };
        await answer;
    }

    public static StubAction ActionOf(string method) => method switch
    {
        "POST" => StubAction.Insert,
        "PUT" => StubAction.Replace,
        "DELETE" => StubAction.Delete,
        _ => StubAction.Merge,
    };

    public static string Json(StubError error) =>
        $$$$"""{"odata.error":{"code":"{{{{error.Code}}}}","message":{"lang":"en-US","value":"{{{{error.Message}}}}"}}}""";

    private static Task CreateTable(HttpResponse response, StubStore store, byte[] body)
    {
        string table = JsonSerializer.Deserialize<Dictionary<string, string>>(body)!["TableName"];
        return store.TryCreate(table) ? NoContent(response, etag: null) : Refuse(response, StubError.TableAlreadyExists);
    }

    private static Task Submit(HttpResponse response, StubStore store, byte[] body)
    {
        List<StubOperation> operations = StubBatch.Read(body, out string table);
        var etags = new List<string?>(operations.Count);
        (int Index, StubError Error)? refused = store.Partition(table, operations[0].Row.PartitionKey) is { } partition
            ? partition.Submit(operations, etags)
            : (0, StubError.TableNotFound);
        string text = refused is { } refusal ? StubBatch.Failed(refusal.Index, refusal.Error) : StubBatch.Succeeded(etags);
        return Send(response, 202, StubBatch.ContentType, Encoding.UTF8.GetBytes(text));
    }

    private static Task Write(HttpContext context, StubStore store, StubTarget target, byte[] body)
    {
        StubAction action = ActionOf(context.Request.Method);
        StubRow row = action == StubAction.Delete ? new StubRow(target.PartitionKey!, target.RowKey!, "", []) : StubRow.Read(body);
        string? ifMatch = context.Request.Headers.IfMatch;
        if (store.Partition(target.Table, row.PartitionKey) is not { } partition)
        {
            return Refuse(context.Response, StubError.TableNotFound);
        }

        var etags = new List<string?>(1);
        return partition.Submit([new StubOperation(action, row, ifMatch)], etags) is { } refused
            ? Refuse(context.Response, refused.Error)
            : NoContent(context.Response, etags[0]);
    }

    private static Task Find(HttpContext context, StubStore store, StubTarget target)
    {
        if (store.Partition(target.Table, target.PartitionKey!) is not { } partition)
        {
            return Refuse(context.Response, StubError.TableNotFound);
        }

        if (partition.Find(target.RowKey!) is not { } row)
        {
            return Refuse(context.Response, StubError.ResourceNotFound);
        }

        context.Response.Headers.ETag = row.ETag;
        return Send(context.Response, json => row.Write(json, Select(context.Request), Metadata(target.Table) + "/@Element"));
    }

    private static Task Query(HttpContext context, StubStore store, string table)
    {
        HttpRequest request = context.Request;
        if (StubQuery.Parse(request.Query["$filter"].ToString()) is not { } query)
        {
            return Refuse(context.Response, StubError.InvalidInput);
        }

        if (store.Partition(table, query.Partition) is not { } partition)
        {
            return Refuse(context.Response, StubError.TableNotFound);
        }

        if (request.Query["NextRowKey"].ToString() is { Length: > 0 } next)
        {
            query = query with { From = next, ExcludesFrom = false };
        }

        int limit = int.TryParse(request.Query["$top"], NumberStyles.None, CultureInfo.InvariantCulture, out int top) ? Math.Min(top, MostRows) : MostRows;
        List<StubRow> rows = query.To is not null && string.CompareOrdinal(query.From, query.To) > 0 ? [] : partition.Query(query, limit);
        if (rows.Count > limit)
        {
            context.Response.Headers["x-ms-continuation-NextPartitionKey"] = query.Partition;
            context.Response.Headers["x-ms-continuation-NextRowKey"] = rows[limit].RowKey;
            rows.RemoveAt(limit);
        }

        string[]? select = Select(request);
        return Send(context.Response, json => WritePage(json, table, rows, select));
    }

    private static void WritePage(Utf8JsonWriter json, string table, List<StubRow> rows, string[]? select)
    {
        json.WriteStartObject();
        json.WriteString("odata.metadata"u8, Metadata(table));
        json.WriteStartArray("value"u8);
        foreach (StubRow row in rows)
        {
            row.Write(json, select, metadata: null);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Metadata(string table) => $"http://127.0.0.1/bench/$metadata#{table}";

    private static string[]? Select(HttpRequest request) => request.Query["$select"].ToString() is { Length: > 0 } names ? names.Split(',') : null;

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        if (request.ContentLength is not > 0)
        {
            return [];
        }

        byte[] body = new byte[(int)request.ContentLength];
        await request.Body.ReadExactlyAsync(body);
        return body;
    }

    private static Task NoContent(HttpResponse response, string? etag)
    {
        response.StatusCode = 204;
        if (etag is not null)
        {
            response.Headers.ETag = etag;
        }

        return Task.CompletedTask;
    }

    private static Task Refuse(HttpResponse response, StubError error)
    {
        response.Headers["x-ms-error-code"] = error.Code;
        return Send(response, error.Status, JsonType, Encoding.UTF8.GetBytes(Json(error)));
    }

    private static Task Send(HttpResponse response, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(json);
        }

        return Send(response, 200, JsonType, buffer.WrittenMemory);
    }

    private static async Task Send(HttpResponse response, int status, string type, ReadOnlyMemory<byte> body)
    {
        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = body.Length;
        FlushResult sent = await response.BodyWriter.WriteAsync(body);
        if (sent.IsCanceled)
        {
            throw new IOException("The answer was not sent.");
        }
    }
}
