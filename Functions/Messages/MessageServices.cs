using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace ServerlessChat.Messages;

public static class MessageServices
{
    public static IServiceCollection AddMessages(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<MessageOptions>, MessageOptionsValidator>();
        services.AddOptions<MessageOptions>().Bind(configuration.GetSection(MessageOptions.Section)).ValidateOnStart();
        services.TryAddSingleton<IPublisher, SilentPublisher>();
        services.TryAddSingleton<ConversationLog>();
        services.TryAddSingleton<SendRate>();
        services.TryAddSingleton<Drafts>();
        services.TryAddSingleton<RevisionRequests>();
        return services;
    }
}
