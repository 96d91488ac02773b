using System.Text;
using Microsoft.AspNetCore.Http;

namespace ServerlessChat.Local.Gateway;

/// <summary>The gateway's own answers, in the shape of the API's.</summary>
internal static class BadGateway
{
    /// <param name="detail">A sentence without characters that JSON escapes.</param>
    public static Task WriteAsync(HttpContext context, string detail) => WriteAsync(context, StatusCodes.Status502BadGateway, "unavailable", detail);

    public static Task NotFoundAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status404NotFound, "not_found", "There is nothing here.");

    public static Task NoPathAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status400BadRequest, "invalid_request", "The request's target is no path.");

    private static Task WriteAsync(HttpContext context, int status, string code, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        string body = $$"""{"type":"urn:serverlesschat:error:{{code}}","title":"{{detail}}","status":{{status}},"detail":"{{detail}}","code":"{{code}}"}""";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body)).AsTask();
    }
}
