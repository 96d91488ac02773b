using FsCheck;
using FsCheck.Fluent;

namespace ServerlessChat.Tests.Names;

/// <summary>Names of few different characters, so that two of them are often the same.</summary>
internal static class NameGenerator
{
    public static Gen<T> From<T>(string alphabet, Func<string?, T?> parse)
        where T : class =>
        Gen.Elements(alphabet.ToCharArray()).ListOf(3).Select(letters => parse(string.Concat(letters)))
            .Where(name => name is not null).Select(name => name!);
}
