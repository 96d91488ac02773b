using Microsoft.Extensions.Options;

namespace ServerlessChat.Hosting;

/// <summary>Section <c>Tables</c>: where Table Storage is. Exactly one of the two is set.</summary>
public sealed class TablesOptions
{
    public const string Section = "Tables";

    /// <summary>With the account's key, or <c>UseDevelopmentStorage=true</c>: for emulators.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The account's table endpoint, <c>https://(account).table.core.windows.net</c>, reached with the app's managed identity.</summary>
    public string? ServiceUri { get; set; }
}

internal sealed class TablesOptionsValidator : IValidateOptions<TablesOptions>
{
    public ValidateOptionsResult Validate(string? name, TablesOptions options) =>
        (string.IsNullOrEmpty(options.ConnectionString), string.IsNullOrEmpty(options.ServiceUri)) switch
        {
            (true, true) => Fail("set Tables__ConnectionString or Tables__ServiceUri."),
            (false, false) => Fail("set one of Tables__ConnectionString and Tables__ServiceUri, not both."),
            (true, false) when !Uri.TryCreate(options.ServiceUri, UriKind.Absolute, out _) => Fail("Tables__ServiceUri is not an absolute URI."),
            _ => ValidateOptionsResult.Success,
        };

    private static ValidateOptionsResult Fail(string text) => ValidateOptionsResult.Fail($"Table Storage: {text}");
}
