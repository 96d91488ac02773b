using System.Net;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using ServerlessChat.Accounts;
using ServerlessChat.Names;
using ServerlessChat.Tests.Contract;
using ServerlessChat.Tests.Sockets;
using ServerlessChat.WebPubSub;
using Xunit.Sdk;

namespace ServerlessChat.Tests.OpenApi;

/// <summary>The clients that tests use fail a test that gets what the documents don't declare.</summary>
public sealed class CheckedClientsTests(SocketChain chain) : IClassFixture<SocketChain>
{
    [Fact]
    public async Task An_Answer_That_Is_Not_Declared_Fails_The_Request_And_The_Test()
    {
        var handler = new ApiContractHandler(new Teapot());
        using var client = new HttpClient(handler) { BaseAddress = new Uri("http://chat.test") };

        await Assert.ThrowsAsync<FailException>(() => client.GetJsonAsync("/chat/profile/"));

        Assert.Throws<EmptyException>(handler.AssertClean);
    }

    [Fact]
    public async Task A_Frame_That_Is_Not_Declared_Fails_Whoever_Waits_For_It_And_Whoever_Ends_The_Socket()
    {
        ChatUser sara = await chain.Host.SignedInAsync();
        ChatSocket socket = await sara.OpenGroupAsync(await sara.OpenAsync());
        var accounts = chain.Host.Services.GetRequiredService<AccountStore>();
        AccountProfile account = (await accounts.FindAsync(Username.Parse(sara.Username)!, TestContext.Current.CancellationToken))!;
        var service = new WebPubSubServiceClient(chain.Emulator.ConnectionString, "chat");

        await service.SendToUserAsync(account.Id.Value, RequestContent.Create("""{"colour":"red"}"""u8.ToArray()), ContentType.ApplicationJson);

        InvalidOperationException failed = await Assert.ThrowsAsync<InvalidOperationException>(socket.ReceiveTextAsync);
        Assert.Contains("colour", failed.ToString(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<UndeclaredFrameException>(async () => await socket.DisposeAsync());
    }

    private sealed class Teapot : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage((HttpStatusCode)418) { RequestMessage = request });
    }
}
