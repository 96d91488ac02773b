namespace ServerlessChat.Bench.Processes;

internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ServerlessChat.sln")))
            {
                return folder.FullName;
            }
        }

        throw new BenchException($"There is no ServerlessChat.sln above {AppContext.BaseDirectory}.");
    }
}
