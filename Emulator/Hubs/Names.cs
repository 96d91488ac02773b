using System.Text.RegularExpressions;

namespace Emulator.Hubs;

/// <summary>Which names the service takes.</summary>
internal static partial class Names
{
    public const int MaxGroupLength = 1024;

    public const string GroupRule = "Invalid group name. Valid group name should be in between 1 and 1024 characters long.";

    public static bool IsHub(string name) => HubPattern().IsMatch(name);

    public static bool IsGroup(string? name) => name is { Length: <= MaxGroupLength } && !string.IsNullOrWhiteSpace(name);

    public static bool IsUserId(string? id) => !string.IsNullOrEmpty(id);

    public static bool IsEvent(string? name) => name is not null && EventPattern().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_`,.[\]]{0,127}\z", RegexOptions.NonBacktracking)]
    private static partial Regex HubPattern();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_.-]{0,127}\z", RegexOptions.NonBacktracking)]
    private static partial Regex EventPattern();
}
