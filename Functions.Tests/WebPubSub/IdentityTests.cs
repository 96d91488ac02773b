using System.Net;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using ServerlessChat.WebPubSub;

namespace ServerlessChat.Tests.WebPubSub;

/// <summary>The client with an identity in place of an access key.</summary>
public sealed class IdentityTests
{
    private static readonly Uri Endpoint = new("https://chat.webpubsub.azure.com");

    [Fact]
    public async Task A_Token_Is_Asked_For_Web_PubSub_And_Sent()
    {
        using var service = new FakeTransport("");
        var credential = new FakeCredential(static () => new AccessToken("the-token", DateTimeOffset.MaxValue));
        WebPubSubServiceClient client = service.Client(credential);
        await client.CloseUserConnectionsAsync("u");
        await client.AddUserToGroupAsync("g", "u");
        Assert.Equal("https://webpubsub.azure.com/.default", Assert.Single(credential.Scopes)); // Once: it is kept.
        Assert.Equal(["Bearer the-token", "Bearer the-token"], service.Authorizations);
    }

    [Fact]
    public async Task A_Clients_Token_Is_Made_By_The_Service()
    {
        using var service = new FakeTransport("""{"token":"a.b.c"}""");
        WebPubSubServiceClient client = service.Client(new FakeCredential(static () => new AccessToken("the-token", DateTimeOffset.MaxValue)));
        Uri address = await client.GetClientAccessUriAsync(TimeSpan.FromMinutes(5), "u&1", TestContext.Current.CancellationToken);
        Assert.Equal("wss://chat.webpubsub.azure.com/client/hubs/chat?access_token=a.b.c", address.AbsoluteUri);
        Assert.Equal(["POST https://chat.webpubsub.azure.com/api/hubs/chat/:generateToken?api-version=2024-12-01&userId=u%261&minutesToExpire=5"], service.Targets);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"token":null}""")]
    [InlineData("""{"token":5}""")]
    [InlineData("<html>")]
    public async Task An_Answer_Without_A_Token_Is_A_Failure(string answer)
    {
        using var service = new FakeTransport(answer);
        WebPubSubServiceClient client = service.Client(new FakeCredential(static () => new AccessToken("the-token", DateTimeOffset.MaxValue)));
        await Assert.ThrowsAsync<RequestFailedException>(() => client.GetClientAccessUriAsync(TimeSpan.FromMinutes(5), "u", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task No_Identity_Is_A_Failure_Of_Status_0_And_Nothing_Is_Sent()
    {
        using var service = new FakeTransport("");
        WebPubSubServiceClient client = service.Client(new FakeCredential(static () => throw new AuthenticationFailedException("No identity here.")));
        Assert.Equal(0, (await Assert.ThrowsAsync<RequestFailedException>(() => client.CloseUserConnectionsAsync("u"))).Status);
        Assert.Empty(service.Targets);
    }

    [Fact]
    public void A_Token_Is_Not_Sent_In_The_Clear() => Assert.Throws<ArgumentException>(
        () => new WebPubSubServiceClient(new Uri("http://chat.webpubsub.azure.com"), "chat", new FakeCredential(static () => default)));

    private sealed class FakeCredential(Func<AccessToken> token) : TokenCredential
    {
        public List<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.AddRange(requestContext.Scopes);
            return token();
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Answers everything with 200 and one body.</summary>
    private sealed class FakeTransport(string answer) : HttpMessageHandler
    {
        public List<string> Targets { get; } = [];

        public List<string?> Authorizations { get; } = [];

        public WebPubSubServiceClient Client(TokenCredential credential) =>
            new(Endpoint, "chat", credential, new WebPubSubServiceClientOptions { Transport = new HttpClientTransport(this), Retry = { MaxRetries = 0 } });

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Targets.Add($"{request.Method} {request.RequestUri!.AbsoluteUri}");
            Authorizations.Add(request.Headers.Authorization?.ToString());
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) });
        }
    }
}
