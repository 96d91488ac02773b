using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ServerlessChat.Messages;

public static class MessageServices
{
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.TryAddSingleton<IPublisher, SilentPublisher>();
        services.TryAddSingleton<ConversationLog>();
        return services;
    }
}
