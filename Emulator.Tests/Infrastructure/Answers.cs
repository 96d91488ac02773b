using Microsoft.AspNetCore.Http;

namespace Emulator.Tests.Infrastructure;

/// <summary>Answers of event handlers.</summary>
internal static class Answers
{
    public static Task AnswerAsync(this HttpContext context, string body, string? contentType = "text/plain", int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    public static Task AnswerAsync(this HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
