using System.Globalization;

namespace ServerlessChat.Bench;

/// <summary>A command's options: <c>--name value</c>, or <c>--name</c> alone for a switch.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);

    /// <exception cref="BenchException">Something that is no option.</exception>
    public Arguments(string[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new BenchException($"'{args[i]}' is no option.");
            }

            bool hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            string name = args[i][2..];
            _values[name] = hasValue ? args[++i] : null;
        }
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <exception cref="BenchException">Out of bounds, or no whole number.</exception>
    public int Number(string name, int otherwise, int least, int most)
    {
        if (!_values.TryGetValue(name, out string? text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new BenchException($"--{name} is a whole number from {least} to {most}.");
    }

    /// <exception cref="BenchException">Neither of the two.</exception>
    public StorageKind Storage() => Text("storage") switch
    {
        null or "stub" => StorageKind.Stub,
        "azurite" => StorageKind.Azurite,
        _ => throw new BenchException("--storage is stub or azurite."),
    };

    /// <summary>An option that no command reads is a mistake in typing, and would be measured as something else.</summary>
    /// <exception cref="BenchException">There is one.</exception>
    public void RequireKnown(params string[] names)
    {
        if (_values.Keys.FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new BenchException($"--{unknown} is not known to this command.");
        }
    }
}

/// <summary>What answers as Table Storage.</summary>
internal enum StorageKind
{
    /// <summary>Our own, in memory, at once: what is measured is the function app.</summary>
    Stub,

    Azurite,
}
