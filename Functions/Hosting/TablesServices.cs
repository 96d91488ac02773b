using System.Runtime.CompilerServices;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ServerlessChat.Storage;
using ServerlessChat.Tables;

namespace ServerlessChat.Hosting;

public static class TablesServices
{
    /// <summary>Registers <see cref="TableServiceClient"/> and <see cref="ChatTables"/>; neither connects before its first use.</summary>
    public static IServiceCollection AddTables(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<TablesOptions>, TablesOptionsValidator>();
        services.AddOptions<TablesOptions>().Bind(configuration.GetSection(TablesOptions.Section)).ValidateOnStart();
        services.TryAddSingleton(provider => Connect(provider.GetRequiredService<IOptions<TablesOptions>>().Value));
        services.TryAddSingleton<ChatTables>();
        return services;
    }

    private static TableServiceClient Connect(TablesOptions options) => string.IsNullOrEmpty(options.ConnectionString)
        ? ConnectByIdentity(new Uri(options.ServiceUri!))
        : new TableServiceClient(options.ConnectionString);

    // Not inlined: Azure.Identity and what it brings are loaded by the apps that use it alone.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TableServiceClient ConnectByIdentity(Uri serviceUri) => new(serviceUri, new DefaultAzureCredential());
}
