using ServerlessChat.Hosting;

namespace ServerlessChat.OpenApi;

/// <summary>What an endpoint says of itself in the API's document.</summary>
/// <param name="Id">Unique: client generators make a method's name of it.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Errors">The rows of <see cref="Hosting.Errors"/> that it can answer, without those that follow from its signature (<see cref="OperationErrors"/>).</param>
internal sealed record OperationText(string Id, string Summary, IReadOnlyList<ErrorKind> Errors);

/// <summary>How endpoints describe themselves.</summary>
public static class OperationConventions
{
    /// <summary>
    /// Puts the endpoint into the API's document. More than a line is said by <c>WithDescription</c>; bodies and answers are read from the handler's signature.
    /// </summary>
    /// <param name="builder">The endpoint.</param>
    /// <param name="id">Unique, snake_case. An endpoint of several methods gives the first one this id, the others <c>(id)_by_(method)</c>.</param>
    /// <param name="summary">One line, without a full stop.</param>
    /// <param name="errors">
    /// What its handler can answer. Not those that follow by themselves: <c>not_signed_in</c> and <c>cross_site</c> from the authorization, <c>invalid_request</c> from a
    /// body or a page, <c>invalid_json</c>, <c>body_too_large</c> and <c>unsupported_media_type</c> from a body, <c>internal</c> and <c>unavailable</c> everywhere.
    /// </param>
    public static TBuilder Describe<TBuilder>(this TBuilder builder, string id, string summary, params ErrorKind[] errors)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new OperationText(id, summary, errors));

    /// <summary>Declares an answer that the handler's signature does not: JSON.</summary>
    /// <remarks>Not <c>Produces</c>, which reads media types at every start.</remarks>
    public static TBuilder Answers<TBuilder>(this TBuilder builder, int status, Type body)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ProducesResponseTypeMetadata(status, body));

    /// <summary>Declares an answer that the handler's signature does not: without a body.</summary>
    public static TBuilder Answers<TBuilder>(this TBuilder builder, int status)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(void)));

    /// <summary>The endpoint is for Web PubSub alone, which signs its calls.</summary>
    internal static TBuilder WithWebPubSubSecurity<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new WebPubSubSecurity());
}

/// <summary>See <see cref="OperationConventions.WithWebPubSubSecurity"/>.</summary>
internal sealed record WebPubSubSecurity;
