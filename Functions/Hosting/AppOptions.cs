namespace ServerlessChat.Hosting;

/// <summary>How the app's builder starts, whoever starts it.</summary>
public static class AppOptions
{
    /// <remarks>
    /// Settings are read from beside the program and not from the current folder, and once: a watched file costs an inotify
    /// handle and start time, and a deployed package never changes under a running app.
    /// </remarks>
    public static WebApplicationOptions From(string[] args) => new()
    {
        Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
        ContentRootPath = AppContext.BaseDirectory,
    };
}
