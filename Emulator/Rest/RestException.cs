namespace Emulator.Rest;

/// <summary>A call that is answered with one of the service's two error shapes.</summary>
/// <param name="error">What the answer says.</param>
internal sealed class RestException(RestError error) : Exception(error.Message)
{
    public RestError Error { get; } = error;
}

/// <summary>An error of the REST API.</summary>
/// <param name="IsValidation">The shape: problem details for parameters, a bare object for everything else.</param>
/// <param name="Target">The parameter, or what the error is about.</param>
internal sealed record RestError(int Status, string Code, string Message, string Target, bool IsValidation)
{
    private const string BadRequest = "Error.BadRequest";

    /// <summary>A parameter (also of the path) that is out of bounds.</summary>
    public static RestException Validation(string parameter, string message) =>
        new(new(StatusCodes.Status400BadRequest, BadRequest, message, parameter, IsValidation: true));

    /// <summary>A request that is wrong as a whole.</summary>
    public static RestException Request(string message, int status = StatusCodes.Status400BadRequest) =>
        new(new(status, BadRequest, message, "Request", IsValidation: false));

    /// <summary>An operation that needs a living connection was given another id.</summary>
    public static RestException ConnectionNotFound(string connectionId) =>
        NotFound("Info.Connection.NotExisted", $"Connection `{connectionId}` is not found.", "Connection");

    /// <param name="kind"><c>Connection</c>, <c>Group</c>, <c>User</c> or <c>Permission</c>, asked for by HEAD.</param>
    public static RestException Absent(string kind) => NotFound($"Warning.{kind}.NotExisted", $"{kind} is not found.", kind);

    private static RestException NotFound(string code, string message, string target) =>
        new(new(StatusCodes.Status404NotFound, code, message, target, IsValidation: false));
}
