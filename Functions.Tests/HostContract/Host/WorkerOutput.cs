using System.Diagnostics;

namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>Reads what programs write, all the time: one whose pipe is full stands still.</summary>
/// <param name="output">Takes each line of stdout.</param>
/// <param name="error">Takes each line of stderr.</param>
internal sealed class WorkerOutput(Action<string> output, Action<string> error)
{
    /// <summary>Of both, over all programs in turn.</summary>
    public LastLines Last { get; } = new();

    public void Read(Process process)
    {
        process.OutputDataReceived += (_, line) => Pass(line.Data, output);
        process.ErrorDataReceived += (_, line) => Pass(line.Data, error);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Pass(string? line, Action<string> take)
    {
        if (!string.IsNullOrWhiteSpace(line))
        {
            Last.Add(line);
            take(line);
        }
    }
}
