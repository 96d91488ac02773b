using System.Net;

namespace ServerlessChat.Doctor.Net;

/// <summary>The machine's proxy, as the environment sets it, for all but the machine itself.</summary>
internal sealed class DirectLoopback : IWebProxy
{
    public static readonly DirectLoopback Instance = new();

    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
}
