using ServerlessChat.Hosting;

namespace ServerlessChat.Exporting;

/// <summary>Which part of an export is wanted.</summary>
/// <param name="After">What the last line of the answer before gave as <c>after</c>. Without it: from the beginning.</param>
[Query]
public sealed record ExportRequest(ExportCursor? After)
{
    /// <summary>Binds from the query; a cursor that no export gave is a 400 that names the field.</summary>
    public static ValueTask<ExportRequest?> BindAsync(HttpContext context)
    {
        string? text = context.Request.Query["after"];
        ExportCursor? after = text is null ? null : ExportCursor.Parse(text);
        return text is not null && after is null
            ? throw new ApiProblemException(ApiProblem.Field("after", "Send what the last line gave as after."))
            : ValueTask.FromResult<ExportRequest?>(new ExportRequest(after));
    }
}
