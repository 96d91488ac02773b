using System.Text.Json;
using Azure;

namespace ServerlessChat.Tables.Wire;

/// <summary>What a response of success holds. One that can't be read is a failure of the service, not of another kind.</summary>
internal static class ResponseBody
{
    private delegate T Reader<T>(ReadOnlySpan<byte> body);

    public static ReadOnlySpan<byte> Bytes(Response response) => response.ContentStream is null ? default : response.Content.ToMemory().Span;

    public static TableEntity ReadRow(Response response)
    {
        TableEntity entity = Read(response, EntityReader.ReadOne);
        if (!entity.ContainsKey(TableEntity.ETagName) && response.Headers.ETag is { } etag)
        {
            entity.ETag = etag;
        }

        return entity;
    }

    public static List<TableEntity> ReadPage(Response response) => Read(response, EntityReader.ReadPage);

    private static T Read<T>(Response response, Reader<T> reader)
    {
        try
        {
            return reader(Bytes(response));
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException or InvalidOperationException)
        {
            throw new TableRequestFailedException(response.Status, "Table Storage's answer can't be read.", errorCode: null, e);
        }
    }
}
