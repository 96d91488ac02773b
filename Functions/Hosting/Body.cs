using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ServerlessChat.Hosting;

/// <summary>The body of a request as <typeparamref name="T"/>, from JSON or from a plain HTML form with the same field names.</summary>
/// <remarks>Bad bodies never reach the handler: 400 <c>invalid_json</c>, 400 with <c>errors</c>, 413 or 415 are thrown as <see cref="ApiProblemException"/>.</remarks>
public sealed record Body<T>(T Value)
    where T : class
{
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context)
    {
        var type = (JsonTypeInfo<T>)ChatJson.Default.GetTypeInfo(typeof(T))!;
        T? value = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
        return value is null ? throw new ApiProblemException(ApiProblem.Of(Errors.InvalidJson)) : new Body<T>(value);
    }
}
