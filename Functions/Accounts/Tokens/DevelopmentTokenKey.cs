using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace ServerlessChat.Accounts.Tokens;

/// <summary>In Development, a key that is made once and kept in a file, so that a restart logs nobody out and nobody has to set one.</summary>
internal sealed class DevelopmentTokenKey(IHostEnvironment environment) : IPostConfigureOptions<TokenOptions>
{
    private const string KeyId = "development";

    public void PostConfigure(string? name, TokenOptions options)
    {
        // The sample settings hold one key left empty: it stands for none.
        if (environment.IsDevelopment() && options.Keys.All(key => key.Secret.Length == 0))
        {
            options.Keys.Clear();
            string path = Path.GetFullPath(options.DevelopmentKeyFile, environment.ContentRootPath);
            options.Keys.Add(new TokenKeyOptions { Id = KeyId, Secret = ReadOrCreate(path) });
        }
    }

    /// <summary>The key in the file. Two processes that start at once end with the same one.</summary>
    /// <exception cref="OptionsValidationException">The file holds something else.</exception>
    public static string ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        string secret = File.ReadAllText(path).Trim();
        return TokenKeysValidator.Decode(secret) is not null
            ? secret
            : throw new OptionsValidationException(Options.DefaultName, typeof(TokenOptions), [$"{path} holds no token key; delete it and start again."]);
    }

    /// <summary>Written aside and then moved into place without overwriting: a reader never sees half a key, and the first one stays.</summary>
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string aside = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var file = new StreamWriter(aside, NewFileOfOwner()))
            {
                file.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenKeysValidator.MinSecretBytes)));
            }

            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster; its key is the one.
        }
        finally
        {
            File.Delete(aside);
        }
    }

    private static FileStreamOptions NewFileOfOwner()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
