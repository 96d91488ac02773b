using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using ServerlessChat.Hosting;

namespace ServerlessChat.OpenApi;

/// <summary>What an endpoint's handler takes, by its signature.</summary>
/// <param name="Text">Null when the endpoint does not describe itself.</param>
/// <param name="Body">What the body is read as; null when none is.</param>
/// <param name="Query">The record that is bound from the query; null when none is.</param>
/// <param name="NeedsCaller">Whether it is closed to whoever has not signed in.</param>
/// <param name="Method">GET, POST, …</param>
internal sealed record Handler(OperationText? Text, Type? Body, Type? Query, bool NeedsCaller, string Method)
{
    public static Handler Of(ApiDescription description)
    {
        IList<object> metadata = description.ActionDescriptor.EndpointMetadata;
        Type[] parameters = [.. metadata.OfType<MethodInfo>().SelectMany(method => method.GetParameters()).Select(parameter => parameter.ParameterType)];
        return new Handler(
            metadata.OfType<OperationText>().LastOrDefault(),
            parameters.FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Body<>))?.GenericTypeArguments[0],
            parameters.FirstOrDefault(type => type.GetCustomAttribute<QueryAttribute>() is not null),
            metadata.OfType<IAuthorizeData>().Any(),
            description.HttpMethod!);
    }
}
