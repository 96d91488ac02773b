namespace ServerlessChat.Local.Gateway;

/// <param name="Port">On the loopback address; 0 takes a free one.</param>
/// <param name="Functions">The function app: scheme, host, port.</param>
/// <param name="WebPubSub">The service that holds the sockets: scheme, host, port.</param>
public sealed record GatewayOptions(int Port, Uri Functions, Uri WebPubSub);
