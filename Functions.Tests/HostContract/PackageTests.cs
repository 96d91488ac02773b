using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using ServerlessChat.Hosting;
using ServerlessChat.Tests.Azurite;

namespace ServerlessChat.Tests.HostContract;

/// <summary>The zip that is uploaded.</summary>
public sealed class PackageTests(AzuriteFixture azurite)
{
    private const int FileType = 0xF000;
    private const int RegularFile = 0x8000;

    [Fact]
    public async Task Its_Program_Alone_May_Be_Run_And_Is_The_One_That_The_Host_Looks_For()
    {
        using ZipArchive zip = await OpenAsync();
        string program = JsonElement.Parse(Read(zip.GetEntry("host.json")))
            .GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString()!;

        Assert.All(zip.Entries, entry => Assert.Equal(RegularFile, Mode(entry) & FileType));
        Assert.Equal([program], zip.Entries.Where(e => (Mode(e) & 0b001_001_001) != 0).Select(e => e.FullName));
        Assert.Equal(0b111_101_101, Mode(zip.GetEntry(program)!) & ~FileType);
    }

    [Fact]
    public async Task It_Holds_Every_Function_And_Its_Host_And_The_Web_Client_To_The_Byte()
    {
        using ZipArchive zip = await OpenAsync();
        using WebApplication app = Program.Build([]);
        SortedDictionary<string, FunctionFile> functions = FunctionFiles.Of(app);
        string client = Path.Combine(Repository.Root, "Web", "dist");
        string[] files = [.. Directory.GetFiles(client, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(client, f).Replace('\\', '/'))];

        Assert.Equal(Repository.Read("Functions/host.json"), Encoding.UTF8.GetString(Read(zip.GetEntry("host.json"))));
        Assert.Equal(functions.Keys.Select(name => name + "/function.json").Order(StringComparer.Ordinal), Names(zip, e => e.Name is "function.json"));
        Assert.All(functions, f => Assert.Equal(
            JsonSerializer.Serialize(f.Value, FunctionJson.Default.FunctionFile) + "\n", Encoding.UTF8.GetString(Read(zip.GetEntry(f.Key + "/function.json")))));
        Assert.Contains("index.html", files);
        Assert.Equal(files.Select(f => "wwwroot/" + f).Order(StringComparer.Ordinal), Names(zip, e => e.FullName.StartsWith("wwwroot/", StringComparison.Ordinal)));
        Assert.All(files, f => Assert.Equal(File.ReadAllBytes(Path.Combine(client, f)), Read(zip.GetEntry("wwwroot/" + f))));
        Assert.Empty(Names(zip, e => e.Name.StartsWith("local.settings", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Unpacked_And_Started_By_Hand_It_Answers_A_Login()
    {
        await using BareChat chat = await BareChat.StartAsync(azurite.NewConnectionString());

        ChatUser sara = await chat.SignedInAsync(); // Registers, and logs in.

        ApiAnswer profile = await sara.GetAsync("/chat/profile/");
        Assert.Equal((200, sara.Username), (profile.Status, profile.Json.GetProperty("username").GetString()));
    }

    private static async Task<ZipArchive> OpenAsync() => await ZipFile.OpenReadAsync(await Package.ZipAsync(), TestContext.Current.CancellationToken);

    /// <summary>As <c>unzip</c> on Linux sets it.</summary>
    private static int Mode(ZipArchiveEntry entry) => entry.ExternalAttributes >> 16 & 0xFFFF;

    private static IEnumerable<string> Names(ZipArchive zip, Func<ZipArchiveEntry, bool> which) =>
        zip.Entries.Where(which).Select(e => e.FullName).Order(StringComparer.Ordinal);

    private static byte[] Read(ZipArchiveEntry? entry)
    {
        Assert.NotNull(entry);
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
