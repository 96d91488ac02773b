using System.Text.Json;

namespace ServerlessChat.Tests.Infra;

/// <summary>A Bicep file as <c>tools/infra/bicep.mjs</c> reads it. What is no literal is an object with its source as <c>expression</c>.</summary>
internal sealed class BicepFile(JsonElement json)
{
    /// <summary>What can't be parsed; everything else is empty then.</summary>
    public string[] Errors { get; } = [.. json.GetProperty("errors").EnumerateArray().Select(e => e.GetString()!)];

    public string Source { get; } = json.GetProperty("source").GetString()!;

    public BicepParameter[] Parameters { get; } = [.. json.GetProperty("parameters").EnumerateArray().Select(p => new BicepParameter(p))];

    public BicepResource[] Resources { get; } = [.. json.GetProperty("resources").EnumerateArray().Select(r => new BicepResource(r))];

    /// <summary>Their <see cref="BicepResource.Type"/> is the path.</summary>
    public BicepResource[] Modules { get; } = [.. json.GetProperty("modules").EnumerateArray().Select(r => new BicepResource(r))];

    /// <summary>Source of the value by name; of a literal, the literal.</summary>
    public Dictionary<string, string> Outputs { get; } =
        json.GetProperty("outputs").EnumerateArray().ToDictionary(o => o.GetProperty("name").GetString()!, o => o.GetProperty("value").SourceText(), StringComparer.Ordinal);

    public JsonElement Variable(string name) => json.GetProperty("variables").GetProperty(name);

    public BicepResource Resource(string symbol) => Resources.Single(r => r.Symbol == symbol);
}

internal sealed class BicepParameter(JsonElement json)
{
    public string Name { get; } = json.GetProperty("name").GetString()!;

    public string Type { get; } = json.GetProperty("type").GetString()!;

    /// <summary>Null: a value must be given.</summary>
    public string? Default { get; } = json.TryGetProperty("default", out JsonElement preset) ? preset.SourceText() : null;

    public bool IsDescribed { get; } = json.GetProperty("decorators").TryGetProperty("description", out _);
}

internal sealed class BicepResource(JsonElement json)
{
    public string Symbol { get; } = json.GetProperty("symbol").GetString()!;

    /// <summary><c>Provider/type@version</c>, or a module's path.</summary>
    public string Type { get; } = json.GetProperty("type").GetString()!;

    public bool IsExisting { get; } = json.GetProperty("existing").GetBoolean();

    public JsonElement Body { get; } = json.GetProperty("body");

    public JsonElement Properties => Body.GetProperty("properties");
}

internal static class BicepValues
{
    /// <summary>The source of an expression; of a literal, the literal.</summary>
    public static string SourceText(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("expression", out JsonElement expression) => expression.GetString()!,
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    public static string[] Strings(this JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];

    public static string[] Names(this JsonElement value) => [.. value.EnumerateObject().Select(p => p.Name)];

    public static JsonElement At(this JsonElement value, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            value = value.GetProperty(name);
        }

        return value;
    }
}
