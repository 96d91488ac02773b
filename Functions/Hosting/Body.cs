using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessChat.Hosting;

/// <summary>The body of a request as <typeparamref name="T"/>, from JSON or from a plain HTML form with the same field names.</summary>
/// <remarks>
/// Bad bodies never reach the handler: 400 <c>invalid_json</c>, 400 with <c>errors</c>, 413 or 415 are thrown as
/// <see cref="ApiProblemException"/>. No body at all, with no content type, counts as <c>{}</c>: the fields' own rules answer.
/// </remarks>
public sealed record Body<T>(T Value)
    where T : class
{
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context)
    {
        var type = (JsonTypeInfo<T>)(ChatJson.Default.GetTypeInfo(typeof(T))
            ?? throw new InvalidOperationException($"{typeof(T).Name} is not listed in {nameof(ChatJson)}."));
        BodyFormat format = BodyFormats.Of(context.Request);
        PipeReader reader = context.Request.BodyReader;
        ReadOnlySequence<byte> bytes = await ReadAllAsync(reader, context.RequestAborted);
        try
        {
            return new Body<T>(BodyParser.Parse(bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray(), format, type));
        }
        finally
        {
            reader.AdvanceTo(bytes.End);
        }
    }

    // The server ends a body over its limit with a BadHttpRequestException, status 413.
    private static async ValueTask<ReadOnlySequence<byte>> ReadAllAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await reader.ReadAsync(cancellationToken);
            if (result.IsCompleted)
            {
                return result.Buffer;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
