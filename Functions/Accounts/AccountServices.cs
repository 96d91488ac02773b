using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ServerlessChat.Accounts.Passwords;
using ServerlessChat.Accounts.Tokens;

namespace ServerlessChat.Accounts;

public static class AccountServices
{
    /// <summary>
    /// Accounts, sessions and the authentication of every request. Settings that can't be used stop the start with an
    /// <see cref="OptionsValidationException"/> that names them. Needs a <see cref="Storage.ChatTables"/>.
    /// </summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<AccountOptions>().Bind(configuration.GetSection(AccountOptions.Section)).ValidateOnStart();
        services.AddOptions<TokenOptions>().Bind(configuration.GetSection(TokenOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsValidator>();
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountWaitsValidator>();
        services.AddSingleton<IValidateOptions<TokenOptions>, TokenOptionsValidator>();
        services.AddSingleton<IValidateOptions<TokenOptions>, TokenKeysValidator>();
        services.AddSingleton<IPostConfigureOptions<TokenOptions>, DevelopmentTokenKey>();

        services.AddSingleton<AccountStore>().AddSingleton<AccessStore>().AddSingleton<SessionStore>();
        services.AddSingleton<PasswordHashing>().AddSingleton<PasswordCheck>().AddSingleton<PasswordProof>().AddSingleton<AccountTurns>();
        services.AddSingleton<TokenSigner>().AddSingleton<AccessTokens>().AddSingleton<SessionIssuer>();
        services.AddSingleton<Registration>().AddSingleton<SignIn>().AddSingleton<PasswordChange>();

        // Not AddAuthentication: that brings data protection, which makes and stores keys at every start and that nothing here uses.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = TokenAuthentication.SchemeName;
            authentication.AddScheme<TokenAuthentication>(TokenAuthentication.SchemeName, displayName: null);
        });
        services.AddAuthorization();
        return services;
    }
}
