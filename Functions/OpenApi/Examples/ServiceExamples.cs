using ServerlessChat.Dashboard;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Sockets;

namespace ServerlessChat.OpenApi;

internal static class ServiceExamples
{
    private static readonly GroupResponse Books = GroupExamples.Books;
    private static readonly GroupResponse BooksInPersian = GroupExamples.BooksInPersian;

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(
            new DashboardResponse(
                AccountExamples.Sara,
                [new GroupSummary(Books.GroupName, Books.Slug, Books.Type, Books.Owner, Books.CreatedAt, Books.Role, MessageExamples.Answer, Unread: 1, LastId: 2)],
                [new PrivateChatSummary("dara", "Dara", MessageExamples.Secret, Unread: 0, LastId: 1)],
                [Books]),
            new DashboardResponse(
                AccountExamples.SaraInPersian,
                [new GroupSummary(BooksInPersian.GroupName, BooksInPersian.Slug, BooksInPersian.Type, BooksInPersian.Owner, BooksInPersian.CreatedAt, BooksInPersian.Role, LastMessage: null, Unread: 0, LastId: 0)],
                [new PrivateChatSummary("دارا", "دارا", MessageExamples.SecretInPersian, Unread: 0, LastId: 1)],
                [BooksInPersian])),
        Example.Of(new NegotiationResponse("wss://example.webpubsub.azure.com/client/hubs/chat?access_token=…&ticket=…", Moments.Answered)),
        Example.Of(new HealthBody("ok", new Dictionary<string, string>(StringComparer.Ordinal) { ["storage"] = "ok", ["web_pubsub"] = "ok" })),
    ];
}
