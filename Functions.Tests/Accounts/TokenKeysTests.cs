using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServerlessChat.Accounts;
using ServerlessChat.Accounts.Tokens;

namespace ServerlessChat.Tests.Accounts;

public sealed class TokenKeysTests : IDisposable
{
    private const string Good = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="; // 32 bytes, of no use outside this test
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_Key_From_The_Settings_Is_Used() =>
        Assert.Equal(Good, Read("Production", ("Tokens:Keys:0:Id", "a"), ("Tokens:Keys:0:Secret", Good)).Keys[0].Secret);

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void Without_A_Key_Nothing_Starts_And_The_Message_Names_The_Setting(string environment)
    {
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => Read(environment));
        Assert.Contains("Tokens__Keys__0__Secret", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64 at all, but long enough!!!")]
    [InlineData("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MA==")] // 31 bytes
    public void A_Key_That_Is_No_Key_Stops_The_Start_Even_In_Development(string secret)
    {
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(
            () => Read("Development", ("Tokens:Keys:0:Id", "a"), ("Tokens:Keys:0:Secret", Good), ("Tokens:Keys:1:Id", "b"), ("Tokens:Keys:1:Secret", secret)));
        Assert.Contains("Tokens__Keys__1__Secret", refused.Message, StringComparison.Ordinal);
        Assert.True(secret.Length == 0 || !refused.Message.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("a", "Tokens__Keys__1__Id")]
    [InlineData("", "Tokens__Keys__1__Id")]
    [InlineData("a b", "Tokens__Keys__1__Id")]
    public void Ids_Are_Short_Words_And_Differ(string id, string setting)
    {
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(
            () => Read("Production", ("Tokens:Keys:0:Id", "a"), ("Tokens:Keys:0:Secret", Good), ("Tokens:Keys:1:Id", id), ("Tokens:Keys:1:Secret", Good)));
        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tokens:AccessLifetime", "00:00:59")]
    [InlineData("Tokens:RefreshLifetime", "366.00:00:00")]
    [InlineData("Tokens:ClockSkew", "00:06:00")]
    [InlineData("Tokens:Issuer", "")]
    [InlineData("Accounts:PasswordIterations", "9999")]
    [InlineData("Accounts:MaxSessions", "91")]
    [InlineData("Accounts:FailuresBeforeWait", "0")]
    [InlineData("Accounts:FirstWait", "00:00:00")]
    [InlineData("Accounts:LongestWait", "2.00:00:00")]
    [InlineData("Accounts:FailureMemory", "00:00:01")]
    [InlineData("Accounts:MaxWaitingForHash", "0")]
    public void A_Setting_Out_Of_Its_Bounds_Is_Named(string setting, string value)
    {
        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(
            () => Read("Production", ("Tokens:Keys:0:Id", "a"), ("Tokens:Keys:0:Secret", Good), (setting, value)));
        Assert.Contains(setting.Split(':')[1], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_Development_A_Key_Is_Made_Once_And_Kept()
    {
        string first = Read("Development").Keys.Single().Secret;
        Assert.Equal(first, Read("Development").Keys.Single().Secret);
        string file = Path.Combine(_folder, ".local", "token-key");
        Assert.Equal([file], Directory.GetFiles(Path.Combine(_folder, ".local")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Starts_At_Once_End_With_The_Same_Key()
    {
        string file = Path.Combine(_folder, "keys", "token-key");
        using var together = new Barrier(8);
        string[] secrets = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                together.SignalAndWait();
                return DevelopmentTokenKey.ReadOrCreate(file);
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Single(secrets.Distinct(StringComparer.Ordinal));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public void A_Damaged_Key_File_Is_Named()
    {
        string file = Path.Combine(_folder, "token-key");
        File.WriteAllText(file, "c2hvcnQ=");
        Assert.Contains(file, Assert.Throws<OptionsValidationException>(() => DevelopmentTokenKey.ReadOrCreate(file)).Message, StringComparison.Ordinal);
    }

    private TokenOptions Read(string environment, params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IHostEnvironment>(new Environment(environment, _folder));
        services.AddLogging().AddAccounts(configuration);
        using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider.GetRequiredService<IOptions<TokenOptions>>().Value;
    }

    private sealed class Environment(string name, string contentRoot) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "Functions";

        public string ContentRootPath { get; set; } = contentRoot;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
