using System.Globalization;
using ServerlessChat.Hosting;
using ServerlessChat.Names;

namespace ServerlessChat.Groups;

/// <summary>What a group may be called.</summary>
public static class GroupRules
{
    /// <summary>UTF-16 characters of a group's name, after trimming.</summary>
    public const int MaxNameLength = 100;

    /// <summary>Null when a group can be made of this; otherwise a 400 that names the fields.</summary>
    public static ApiProblem? Check(CreateGroupRequest request)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        AddTo(errors, "group_name", ExplainName(request.GroupName));
        AddTo(errors, "type", ExplainType(request.Type));
        if (Slug.Explain(request.Slug) is { Count: > 0 } wrong)
        {
            errors["slug"] = [.. wrong];
        }

        return errors.Count > 0 ? ApiProblem.Fields(errors) : null;
    }

    /// <summary>Null when a group can be changed so.</summary>
    public static ApiProblem? Check(ChangeGroupRequest request)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        AddTo(errors, "group_name", request.GroupName is null ? null : ExplainName(request.GroupName));
        AddTo(errors, "type", request.Type is null ? null : ExplainType(request.Type));
        return errors.Count > 0 ? ApiProblem.Fields(errors) : null;
    }

    /// <summary>Null when the role can be given.</summary>
    public static ApiProblem? Check(PutMemberRequest request) => request.Role is null or GroupRole.Member or GroupRole.Admin or GroupRole.Owner
        ? null
        : ApiProblem.Field("role", "This is member, admin or owner.");

    private static string? ExplainName(string? name) => name?.Trim() switch
    {
        null or "" => "This field is required.",
        { Length: > MaxNameLength } => $"A group's name has at most {MaxNameLength} characters.",
        { } trimmed when trimmed.All(character => char.GetUnicodeCategory(character) is UnicodeCategory.Format) => "A group's name has at least one visible character.",
        { } trimmed when trimmed.Any(char.IsControl) => "A group's name is one line of text, without control characters.",
        _ => null,
    };

    private static string? ExplainType(string? type) => type switch
    {
        null or "" => "This field is required.",
        GroupType.Public or GroupType.Private => null,
        _ => "This is public or private.",
    };

    private static void AddTo(Dictionary<string, string[]> errors, string field, string? wrong)
    {
        if (wrong is not null)
        {
            errors[field] = [wrong];
        }
    }
}
