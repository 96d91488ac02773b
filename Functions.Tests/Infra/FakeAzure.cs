namespace ServerlessChat.Tests.Infra;

/// <summary>
/// Stands in for <c>az</c> and <c>azd</c> on the PATH of a script. It writes each call to a file, keeps the vault's secrets as files, and answers what the scripts ask. It knows nothing of Azure:
/// it shows what the scripts do with an answer, not that Azure gives it.
/// </summary>
internal sealed class FakeAzure : IDisposable
{
    private const string Az = """
        #!/usr/bin/env bash
        echo "az $*" >> "$FAKE/calls"
        value() { while [ $# -gt 0 ]; do [ "$1" = "$want" ] && { echo "$2"; return; }; shift; done; }
        case "$*" in
          "account show"*) echo sub-x ;;
          "rest --method GET"*configreferences*) [ ! -e "$FAKE/no-references" ] && cat "$FAKE/reference" ;;
          "rest --method POST"*configreferences/appsettings/refresh*)
            if [ -s "$FAKE/unread" ]; then sed -i 1d "$FAKE/unread"; else echo Resolved > "$FAKE/reference"; fi ;;
          "keyvault secret list"*)
            if [ -e "$FAKE/refusals" ] && [ "$(wc -l < "$FAKE/refusals")" -gt 0 ]; then sed -i 1d "$FAKE/refusals"; echo "Forbidden" >&2; exit 1; fi
            want=--query; name=$(value "$@" | sed "s/.*name=='\([^']*\)'.*/\1/")
            [ -e "$FAKE/vault/$name" ] && echo 1 || echo 0 ;;
          "keyvault secret set"*)
            if [ -e "$FAKE/broken" ]; then echo "Conflict" >&2; exit 1; fi
            want=--name; name=$(value "$@"); want=--file; cp "$(value "$@")" "$FAKE/vault/$name" ;;
          "ad app list"*) if [ -e "$FAKE/app" ]; then cat "$FAKE/app"; fi ;;
          "ad app create"*) echo 4f3c2b1a-0000-4000-8000-000000000001 | tee "$FAKE/app" ;;
          "ad app show"*displayName*) cat "$FAKE/name" ;;
          "ad app show"*) echo object-of-app ;;
          "ad sp show"*) [ -e "$FAKE/sp" ] ;;
          "ad sp create"*) touch "$FAKE/sp" ;;
        esac
        """;

    private const string Azd = """
        #!/usr/bin/env bash
        echo "azd $*" >> "$FAKE/calls"
        [ "$1 $2" = "env get-values" ] && cat "$FAKE/values"
        [ "$1 $2" = "env set" ] && { sed -i "/^$3=/d" "$FAKE/values"; echo "$3=\"$4\"" >> "$FAKE/values"; }
        exit 0
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("chat-azure-").FullName;

    public FakeAzure()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "vault"));
        Directory.CreateDirectory(Path.Combine(_folder, "bin"));
        Directory.CreateDirectory(Path.Combine(_folder, "tmp"));
        foreach ((string name, string text) in new[] { ("az", Az), ("azd", Azd) })
        {
            string path = Path.Combine(_folder, "bin", name);
            File.WriteAllText(path, text + "\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        File.WriteAllText(Path.Combine(_folder, "values"), "AZURE_KEY_VAULT_NAME=\"kv-x\"\n");
        File.WriteAllText(Path.Combine(_folder, "calls"), "");
        File.WriteAllText(Path.Combine(_folder, "reference"), "SecretNotFound\n");
    }

    public string[] Calls => File.ReadAllLines(Path.Combine(_folder, "calls"));

    /// <summary>The environment of azd, by name.</summary>
    public Dictionary<string, string> Values => File.ReadAllLines(Path.Combine(_folder, "values"))
        .Select(line => line.Split('=', 2)).ToDictionary(v => v[0], v => v[1].Trim('"'), StringComparer.Ordinal);

    /// <summary>Null when the vault has none of the name.</summary>
    public string? Secret(string name) => Path.Combine(_folder, "vault", name) is var path && File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>How often the vault refuses before it lets somebody in: a role that does not hold yet.</summary>
    public void Refuse(int times) => File.WriteAllLines(Path.Combine(_folder, "refusals"), Enumerable.Repeat("no", times));

    /// <summary>How often Azure is told to read the app's key in vain before it does.</summary>
    public void Unread(int times) => File.WriteAllLines(Path.Combine(_folder, "unread"), Enumerable.Repeat("no", times));

    /// <summary>From now on Azure does not say whether the app's key is read.</summary>
    public void HideReferences() => File.WriteAllText(Path.Combine(_folder, "no-references"), "");

    /// <summary>The display name of the Entra application.</summary>
    public void NameApplication(string name) => File.WriteAllText(Path.Combine(_folder, "name"), name);

    /// <summary>From now on the vault takes no secret.</summary>
    public void BreakVault() => File.WriteAllText(Path.Combine(_folder, "broken"), "");

    /// <summary>What a script left in the temporary folder.</summary>
    public string[] Leftovers() => Directory.GetFileSystemEntries(Path.Combine(_folder, "tmp"));

    /// <param name="script">In <c>infra/scripts</c>.</param>
    /// <param name="environment">As azd sets it.</param>
    public Task<ShellResult> RunAsync(string script, Dictionary<string, string?> environment, params string[] arguments) => Shell.RunAsync(
        "bash",
        [Path.Combine(Repository.Root, "infra", "scripts", script), .. arguments],
        new Dictionary<string, string?>(environment, StringComparer.Ordinal)
        {
            ["PATH"] = Path.Combine(_folder, "bin") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"),
            ["FAKE"] = _folder,
            ["TMPDIR"] = Path.Combine(_folder, "tmp"),
            ["RETRY_SECONDS"] = "0",
        });

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
