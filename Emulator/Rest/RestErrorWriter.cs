using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Emulator.Rest;

/// <summary>Writes errors as recorded traffic of the service shows them.</summary>
internal static class RestErrorWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext context, RestError error)
    {
        var body = Body(error);
        var response = context.Response;
        response.StatusCode = error.Status;
        response.Headers["x-ms-error-code"] = error.Code;

        // Clients read the one type's text as it is and unwrap the other's message.
        response.ContentType = error.IsValidation ? "application/problem+json; charset=utf-8" : "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static ReadOnlyMemory<byte> Body(RestError error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        writer.WriteString("code"u8, error.Code);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("target"u8, error.Target);
        if (error.IsValidation)
        {
            WriteProblem(writer, error);
        }
        else
        {
            writer.WriteNull("details"u8);
            writer.WriteNull("inner"u8);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteProblem(Utf8JsonWriter writer, RestError error)
    {
        writer.WriteStartObject("errors"u8);
        writer.WriteStartArray(error.Target);
        writer.WriteStringValue(error.Message);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteNull("type"u8);
        writer.WriteString("title"u8, "One or more validation errors occurred.");
        writer.WriteNumber("status"u8, error.Status);
        writer.WriteNull("detail"u8);
        writer.WriteNull("instance"u8);
        writer.WriteStartObject("extensions"u8);
        writer.WriteEndObject();
    }
}
