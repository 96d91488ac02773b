using Emulator;
using Microsoft.Playwright;
using ServerlessChat.Local.Gateway;
using ServerlessChat.Tests.Azurite;
using ServerlessChat.Tests.Sockets;

namespace ServerlessChat.Tests.Browser;

/// <summary>The whole local chain, from the gateway to the storage, and people with browsers in front of it.</summary>
public sealed class BrowserChain(AzuriteFixture azurite, IBrowser browser) : IAsyncDisposable
{
    private readonly List<Person> _people = [];
    private WebPubSubEmulator? _emulator;
    private ChatHost? _host;
    private LocalGateway? _gateway;

    public ChatHost Host => _host ?? throw new InvalidOperationException("The chain isn't started.");

    public WebPubSubEmulator Emulator => _emulator ?? throw new InvalidOperationException("The chain isn't started.");

    /// <summary>Where people open the chat.</summary>
    public Uri Address => (_gateway ?? throw new InvalidOperationException("The chain isn't started.")).Address;

    public async Task<BrowserChain> StartAsync(ChatHostOptions? options = null)
    {
        (_emulator, _host) = await SocketChain.StartAsync(azurite.NewConnectionString(), _ => options ?? new ChatHostOptions());
        Uri webPubSub = new(new Uri(_emulator.ConnectionString.Split(';')[0]["Endpoint=".Length..]).GetLeftPart(UriPartial.Authority));
        var gateway = new GatewayOptions(0, _host.Address, webPubSub);
        _gateway = await LocalGateway.StartAsync(gateway, TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>Somebody with a browser of their own, who has opened the chat.</summary>
    internal async Task<Person> OpenAsync(PersonOptions? options = null)
    {
        Person person = await Person.OpenAsync(browser, this, options ?? new PersonOptions());
        _people.Add(person);
        return person;
    }

    /// <summary>Somebody who is registered and has logged in on the page.</summary>
    internal async Task<Person> SignedInAsync(PersonOptions? options = null, string? username = null)
    {
        ChatUser user = await Host.SignedInAsync(username);
        Person person = await OpenAsync(options);
        await person.LogInAsync(user);
        return person;
    }

    /// <summary>Demands that no page met an error that the test did not announce.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (Person person in _people)
        {
            await person.CloseAsync();
        }

        foreach (IAsyncDisposable? part in new IAsyncDisposable?[] { _gateway, _host, _emulator })
        {
            await (part?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        Assert.Empty(_people.SelectMany(person => person.Errors));
    }
}
