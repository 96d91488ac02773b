using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ServerlessChat.Groups;

public static class GroupServices
{
    public static IServiceCollection AddGroups(this IServiceCollection services)
    {
        services.TryAddSingleton<GroupStore>();
        services.TryAddSingleton<DirectoryStore>();
        services.TryAddSingleton<DirectoryReader>();
        services.TryAddSingleton<ILiveGroups, SilentLiveGroups>();
        services.TryAddSingleton<GroupMessages>();
        services.TryAddSingleton<GroupRevisions>();
        services.TryAddSingleton<GroupLife>();
        services.TryAddSingleton<Membership>();
        return services;
    }
}
