using ServerlessChat.Accounts;
using ServerlessChat.Blocks;
using ServerlessChat.Messages;
using ServerlessChat.PrivateChats;
using ServerlessChat.Signals;

namespace ServerlessChat.OpenApi;

internal static class MessageExamples
{
    private const string ClientId = "4b9c1c8e-2f";

    public static readonly MessageResponse Hello = new(1, "Which book is next?", "sara", Sender: null, Recipient: null, Moments.Sent, ClientId);
    public static readonly MessageResponse Answer = new(2, "The one about the lighthouse.", "dara", Sender: null, Recipient: null, Moments.Answered, ClientId: null);
    public static readonly MessageResponse HelloInPersian = new(1, "کتاب بعدی کدام است؟", "سارا", Sender: null, Recipient: null, Moments.Sent, ClientId);

    public static readonly MessageResponse Secret = new(1, "Are you coming tonight?", "sara", "sara", "dara", Moments.Sent, ClientId: null);
    public static readonly MessageResponse SecretInPersian = new(1, "امشب می‌آیی؟", "سارا", "سارا", "دارا", Moments.Sent, ClientId: null);

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new PostMessageRequest(Hello.Message, ClientId), new PostMessageRequest(HelloInPersian.Message, ClientId)),
        Example.Of(new EditRequest("Which book comes next?"), new EditRequest("کتاب بعدی کدام باشد؟")),
        Example.Of(Hello, HelloInPersian),
        Example.Of(new ReadRequest(2)),
        Example.Of(
            new PrivatePageResponse(new PersonResponse("dara", "Dara"), [Secret], Before: null, LastId: 1, More: null, [new ReadResponse("dara", 1)]),
            new PrivatePageResponse(new PersonResponse("دارا", "دارا"), [SecretInPersian], Before: null, LastId: 1, More: null, [])),
        Example.Of(
            new BlockListResponse([new BlockResponse("dara", "Dara", Moments.Answered)]),
            new BlockListResponse([new BlockResponse("دارا", "دارا", Moments.Answered), new BlockResponse("deleted-0123456789ab", DeletedUser.Name, Moments.Sent)])),
        Example.Of(new PresenceResponse("dara", Online: true), new PresenceResponse("دارا", Online: false)),
    ];
}
