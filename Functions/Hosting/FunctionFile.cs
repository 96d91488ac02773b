using System.Text.Json.Serialization;

namespace ServerlessChat.Hosting;

/// <summary>A <c>function.json</c> (http://json.schemastore.org/function).</summary>
internal sealed record FunctionFile(FunctionBinding[] Bindings)
{
    /// <param name="route">Without a slash at its ends.</param>
    /// <param name="methods">Null for every method.</param>
    public static FunctionFile Http(string route, string[]? methods) => new(
    [
        new FunctionBinding("httpTrigger", "in", "request") { AuthLevel = "anonymous", Route = route, Methods = methods },

        // The host proxies a request only to functions with exactly these two bindings.
        new FunctionBinding("http", "out", "response"),
    ]);

    public static FunctionFile Timer(string schedule) => new([new FunctionBinding("timerTrigger", "in", "timer") { Schedule = schedule }]);
}

internal sealed record FunctionBinding(string Type, string Direction, string Name)
{
    public string? AuthLevel { get; init; }

    public string? Route { get; init; }

    public string[]? Methods { get; init; }

    public string? Schedule { get; init; }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FunctionFile))]
internal sealed partial class FunctionJson : JsonSerializerContext;
