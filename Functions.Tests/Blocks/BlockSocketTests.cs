using System.Text.Json;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Blocks;

/// <summary>What is sent over open sockets while a block stands.</summary>
public sealed class BlockSocketTests(AzuriteFixture azurite) : BlockChain(azurite)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Frame_Is_Refused_To_Its_Sender_Alone_And_Goes_Through_After_The_Block(bool isBegun)
    {
        await using ChatSocket hers = await Sara.OpenPrivateAsync(Bob);
        await using ChatSocket his = await Bob.OpenPrivateAsync(Sara);
        if (isBegun)
        {
            await his.SendAsync(new { message = "first" });
            Assert.Equal(("first", "first"), ((await hers.ReceiveAsync()).Text("message"), (await his.ReceiveAsync()).Text("message")));
        }

        await BlockAsync();
        await his.SendAsync(new { message = "hi", client_id = "1" });
        await ExpectRefusedAsync(his, "1", "This person has blocked you.");
        await hers.SendAsync(new { message = "hi", client_id = "2" });
        await ExpectRefusedAsync(hers, "2", "You have blocked this person. Unblock them to write to them.");
        await UnblockAsync();
        await his.SendAsync(new { message = "سلام", client_id = "1" });

        Assert.Equal(("سلام", "سلام"), ((await hers.ReceiveAsync()).Text("message"), (await his.ReceiveAsync()).Text("message")));
        Assert.Equal((1, 1), (await Sara.ChatsAsync(), await Bob.ChatsAsync()));
    }

    [Fact]
    public async Task A_Deletion_Is_Told_While_A_Block_Stands()
    {
        await Bob.TellAsync(Sara, "regretted").Is(201);
        await using ChatSocket hers = await Sara.OpenPrivateAsync(Bob);
        await BlockAsync();

        await Bob.SendAsync(HttpMethod.Delete, Sara.Chat() + "messages/1/").Is(204);

        Assert.Equal("deleted", (await hers.ReceiveAsync()).Text("event"));
    }

    private static async Task ExpectRefusedAsync(ChatSocket socket, string clientId, string detail)
    {
        JsonElement frame = (await socket.ReceiveAsync()).HasExactly("error", "client_id");
        JsonElement error = frame.GetProperty("error").HasExactly("code", "detail");
        Assert.Equal(("blocked", detail, clientId), (error.Text("code"), error.Text("detail"), frame.Text("client_id")));
    }
}
