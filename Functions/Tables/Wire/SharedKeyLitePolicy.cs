using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessChat.Tables.Wire;

/// <summary>Dates and signs each attempt: a signature is refused 15 minutes after its date.</summary>
internal sealed class SharedKeyLitePolicy(TableSharedKeyCredential credential, TimeProvider time) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        string date = time.GetUtcNow().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue(HttpHeader.Names.Authorization, credential.Sign(date, message.Request.Uri.ToUri().AbsolutePath));
    }
}
