using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ServerlessChat.OpenApi;

/// <summary>What the document says besides its operations, and its paths as the contract writes them.</summary>
[RequiresUnreferencedCode(ApiDocument.Reflection)]
internal sealed class DocumentShape(SchemaTypes types, SchemaShape shape) : IOpenApiDocumentTransformer
{
    private const string Description = """
        Group and private chat. This document is made from the app's endpoints; the sockets are described in docs/asyncapi.yaml.

        - Addresses end with a slash; without it they work too. `/chat/private/{username}/` is an alias of `/chat/chat/private/{username}/`.
        - Bodies are JSON in UTF-8, or `application/x-www-form-urlencoded` with the same field names. Unknown fields are ignored; a client ignores fields that it does not know.
        - Times are RFC 3339 in UTC with milliseconds.
        - Usernames and slugs are letters and digits of any script, kept as typed and compared by one key: علي and علی are the same name.
        - The entries of a conversation are numbered 1, 2, 3 … without a hole, the same for every reader.
        - HEAD is answered wherever GET is. A method that an address does not take gets 405 `method_not_allowed` with `Allow`.
        """;

    private static readonly (string Name, string Description)[] Tags =
    [
        ("accounts", "Accounts, sessions, profiles."),
        ("dashboard", "The first screen."),
        ("groups", "Groups, their members and messages."),
        ("private chats", "Conversations of two."),
        ("sockets", "Getting a socket, and what Web PubSub calls."),
        ("service", "The installation itself."),
    ];

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "ServerlessChat",
            Version = typeof(DocumentShape).Assembly.GetName().Version!.ToString(3),
            Description = Description,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [new OpenApiServer { Url = "/", Description = "The installation that serves this document" }];
        document.Tags = Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }).ToHashSet();
        WriteCanonicalPaths(document, context);
        foreach ((string name, Type type) in types.All)
        {
            shape.Apply((OpenApiSchema)document.Components!.Schemas![name], type);
        }

        Security.AddComponents(document);
        ProblemResponses.AddComponents(document);
        Examples.AddComponents(document);
        return Task.CompletedTask;
    }

    /// <summary>With the slash at their end, which the library takes off.</summary>
    private static void WriteCanonicalPaths(OpenApiDocument document, OpenApiDocumentTransformerContext context)
    {
        var paths = new OpenApiPaths();
        foreach (string path in context.DescriptionGroups.SelectMany(group => group.Items).Select(item => $"/{item.RelativePath}").Distinct(StringComparer.Ordinal))
        {
            if (document.Paths.TryGetValue(path.TrimEnd('/'), out IOpenApiPathItem? item))
            {
                paths[path] = item;
            }
        }

        document.Paths = paths;
    }
}
