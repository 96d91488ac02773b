namespace ServerlessChat.Hosting;

/// <summary>What an endpoint tells the Functions host beyond its route. Without it the function's name is made from the route.</summary>
/// <param name="Name">See <see cref="FunctionFiles"/>.</param>
internal sealed record FunctionNameMetadata(string Name);

/// <summary>Everything that no other function takes, by GET and HEAD.</summary>
internal sealed record WebFunctionMetadata;

/// <param name="Name">The function's name; the host posts to <c>/(name)</c>.</param>
/// <param name="Schedule">NCRONTAB with six fields, in UTC.</param>
internal sealed record TimerFunctionMetadata(string Name, string Schedule);

/// <summary>How endpoints declare their function.</summary>
public static class FunctionConventions
{
    /// <summary>Names the function of this route; every endpoint on the same route that names one names the same.</summary>
    public static TBuilder WithFunctionName<TBuilder>(this TBuilder builder, string name)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new FunctionNameMetadata(name));

    /// <summary>
    /// The endpoint, mapped with POST at <c>/(name)</c>, is called by the Functions host's timer. It answers a <see cref="TimerResult"/>.
    /// A call from outside gets 404 (<see cref="TimerGuard"/>).
    /// </summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="name">The function's name, and the route without its slash.</param>
    /// <param name="schedule">NCRONTAB with six fields, in UTC: <c>0 */5 * * * *</c>.</param>
    /// <param name="timeLimit">In place of <see cref="HostingOptions.RequestTimeout"/>. Default 4 min, below host.json's <c>functionTimeout</c>.</param>
    public static TBuilder WithTimerFunction<TBuilder>(this TBuilder builder, string name, string schedule, TimeSpan? timeLimit = null)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(
            new TimerFunctionMetadata(name, schedule), HostingServices.TimeLimit(timeLimit ?? TimeSpan.FromMinutes(4)));

    /// <summary>The front page's endpoint stands for all of the web client.</summary>
    internal static TBuilder WithWebFunction<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new WebFunctionMetadata());
}
