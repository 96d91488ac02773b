using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessChat.WebPubSub.Wire;

/// <summary>Gives each attempt a token for the address that it is sent to.</summary>
internal sealed class AccessKeyPolicy(AccessKeyTokens tokens) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue(
        HttpHeader.Names.Authorization, "Bearer " + tokens.ForCall(message.Request.Uri.ToUri().AbsoluteUri));
}
