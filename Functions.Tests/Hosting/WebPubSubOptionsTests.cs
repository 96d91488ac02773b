using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServerlessChat.Hosting;
using ServerlessChat.WebPubSub.Events;

namespace ServerlessChat.Tests.Hosting;

/// <summary>The settings of Web PubSub as they are bound and checked at the app's start.</summary>
public sealed class WebPubSubOptionsTests
{
    private const string Key = "VG9wU2VjcmV0VG9wU2VjcmV0VG9wU2VjcmV0VG9wU2U=";
    private const string ByKey = $"ConnectionString=Endpoint=https://chat.webpubsub.azure.com;AccessKey={Key};Version=1.0;";
    private const string ByIdentity = "Endpoint=https://chat.webpubsub.azure.com";
    private const string Events = "|EventAuthority=https://login.microsoftonline.com/tenant/v2.0|EventAudience=api://chat|EventCaller=00000000-0000-0000-0000-000000000001";

    [Theory]
    [InlineData("", null)]
    [InlineData("ConnectionString=|Endpoint=", null)]
    [InlineData(ByKey, "https://chat.webpubsub.azure.com/")]
    [InlineData("ConnectionString=endpoint=http://localhost;accesskey=" + Key + ";port=8080", "http://localhost:8080/")]
    [InlineData(ByKey + Events, "https://chat.webpubsub.azure.com/")]
    [InlineData(ByKey + "|SecondaryAccessKey=" + Key, "https://chat.webpubsub.azure.com/")]
    [InlineData(ByIdentity + Events, "https://chat.webpubsub.azure.com/")]
    [InlineData(ByIdentity + Events + "|SecondaryAccessKey=" + Key, "https://chat.webpubsub.azure.com/")]
    [InlineData(ByIdentity + "|EventAuthority=http://127.0.0.1:5000/tenant|EventAudience=a|EventCaller=c", "https://chat.webpubsub.azure.com/")]
    [InlineData(ByKey + "|EventHosts=sockets.example.org, replica.webpubsub.azure.com,localhost:8080,[::1]:8080,", "https://chat.webpubsub.azure.com/")]
    [InlineData(ByKey + "|SocketOrigins=https://chat.example.org, http://localhost:5173,", "https://chat.webpubsub.azure.com/")]
    [InlineData(ByKey + "|SendTimeout=00:00:00.1", "https://chat.webpubsub.azure.com/")]
    [InlineData(ByKey + "|SendTimeout=00:00:20", "https://chat.webpubsub.azure.com/")]
    public void Settings_That_Belong_Together_Are_Taken(string settings, string? service) => Assert.Equal(service, Read(settings).ServiceUri()?.AbsoluteUri);

    [Theory]
    [InlineData(ByKey + "|" + ByIdentity + Events, "WebPubSub__ConnectionString and WebPubSub__Endpoint, not both")]
    [InlineData("ConnectionString= ", "WebPubSub__ConnectionString: ", "no Endpoint")]
    [InlineData("ConnectionString=" + Key, "WebPubSub__ConnectionString: ", "no Endpoint")]
    [InlineData("ConnectionString=Endpoint=https://chat.webpubsub.azure.com", "WebPubSub__ConnectionString: ", "no AccessKey")]
    [InlineData("ConnectionString=Endpoint=https://chat.webpubsub.azure.com;AccessKey=", "WebPubSub__ConnectionString: ", "no AccessKey")]
    [InlineData("ConnectionString=Endpoint=https://chat.webpubsub.azure.com;TopSecret", "WebPubSub__ConnectionString: ", "a part without a name")]
    [InlineData("ConnectionString=Endpoint=sb://chat;AccessKey=" + Key, "WebPubSub__ConnectionString: ", "Endpoint is no http or https address")]
    [InlineData("ConnectionString=Endpoint=http://localhost;Port=70000;AccessKey=" + Key, "WebPubSub__ConnectionString: ", "Port")]
    [InlineData(ByKey + "AccessKey=" + Key, "WebPubSub__ConnectionString: ", "AccessKey twice")]
    [InlineData("ConnectionString=Endpoint=http://localhost;" + Key + ";" + Key, "WebPubSub__ConnectionString: ", "twice")]
    [InlineData("Endpoint=http://chat.webpubsub.azure.com" + Events, "WebPubSub__Endpoint is not an https address")]
    [InlineData("Endpoint=chat.webpubsub.azure.com" + Events, "WebPubSub__Endpoint is not an https address")]
    [InlineData("Endpoint=Endpoint=https://chat;AccessKey=" + Key + Events, "WebPubSub__Endpoint is not an https address")]
    [InlineData(ByIdentity, "WebPubSub__EventAuthority, __EventAudience and __EventCaller", "set all three")]
    [InlineData(ByIdentity + "|SecondaryAccessKey=" + Key, "WebPubSub__EventAuthority, __EventAudience and __EventCaller")]
    [InlineData(ByIdentity + "|EventAuthority=https://login.microsoftonline.com/tenant/v2.0|EventAudience=api://chat", "__EventCaller", "set all three")]
    [InlineData(ByIdentity + "|EventAuthority=http://login.microsoftonline.com/tenant|EventAudience=a|EventCaller=c", "WebPubSub__EventAuthority is not an https address")]
    [InlineData(ByKey + "|EventAuthority=tenant|EventAudience=a|EventCaller=c", "WebPubSub__EventAuthority is not an https address")]
    [InlineData(ByKey + "|EventCaller=c", "WebPubSub__EventAuthority, __EventAudience and __EventCaller", "or none")]
    [InlineData(ByKey + "|EventHosts=https://sockets.example.org", "WebPubSub__EventHosts")]
    [InlineData(ByKey + "|EventHosts=sockets.example.org;replica.example.org", "WebPubSub__EventHosts")]
    [InlineData(ByKey + "|EventHosts=sockets.example.org,two words", "WebPubSub__EventHosts")]
    [InlineData(ByKey + "|EventHosts=localhost:port", "WebPubSub__EventHosts")]
    [InlineData(ByKey + "|SocketOrigins=https://chat.example.org/", "WebPubSub__SocketOrigins")]
    [InlineData(ByKey + "|SocketOrigins=https://chat.example.org:443", "WebPubSub__SocketOrigins")]
    [InlineData(ByKey + "|SocketOrigins=https://chat.example.org,chat.example.com", "WebPubSub__SocketOrigins")]
    [InlineData(ByKey + "|SocketOrigins=*", "WebPubSub__SocketOrigins")]
    [InlineData(ByKey + "|SendTimeout=00:00:00.099", "SendTimeout", "00:00:20")]
    [InlineData(ByKey + "|SendTimeout=00:00:21", "SendTimeout", "00:00:20")]
    [InlineData(ByKey + "|SendTimeout=3", "SendTimeout", "00:00:20")] // days
    public void What_Can_Not_Work_Is_Refused_By_Name_And_Without_A_Secret(string settings, params string[] words)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read(settings));

        string failure = Assert.Single(refused.Failures);
        Assert.All(words, word => Assert.Contains(word, failure, StringComparison.Ordinal));
        Assert.DoesNotContain("Secret", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key[..8], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_Failure_Is_Told_At_Once()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Read("ConnectionString=x|EventCaller=c|EventHosts=a b|SocketOrigins=*|SendTimeout=01:00:00"));
        Assert.Equal(5, refused.Failures.Count());
    }

    [Fact]
    public void Which_Service_May_Call_Is_Known_By_Its_Own_Names_And_Those_Set()
    {
        using ServiceProvider services = Services(ByKey + "|EventHosts=sockets.example.org, replica.example.org:8443");
        EventAuthenticator events = services.GetRequiredService<EventAuthenticator>();
        string[] known = ["chat.webpubsub.azure.com", "CHAT.webpubsub.azure.com", "sockets.example.org", "replica.example.org:8443", "replica.example.org"];
        Assert.All(known, host => Assert.Equal(host, events.AllowedOrigin(host)));
        Assert.All(["other.webpubsub.azure.com", "", "example.org", null], host => Assert.Null(events.AllowedOrigin(host)));
    }

    private static WebPubSubOptions Read(string settings)
    {
        using ServiceProvider services = Services(settings);
        return services.GetRequiredService<IOptions<WebPubSubOptions>>().Value;
    }

    /// <param name="settings">Names and values of the section, separated by bars.</param>
    private static ServiceProvider Services(string settings)
    {
        IEnumerable<KeyValuePair<string, string?>> pairs = settings.Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => setting.Split('=', 2))
            .Select(parts => KeyValuePair.Create($"{WebPubSubOptions.Section}:{parts[0]}", (string?)parts[1]));
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(pairs).Build();
        return new ServiceCollection().AddSingleton(TimeProvider.System).AddWebPubSub(configuration).BuildServiceProvider();
    }
}
