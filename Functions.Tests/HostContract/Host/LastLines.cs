using System.Collections.Concurrent;

namespace ServerlessChat.Tests.HostContract.Host;

/// <summary>What a program said last, for whoever waited for it in vain.</summary>
internal sealed class LastLines
{
    private const int Lines = 10;

    private readonly ConcurrentQueue<string> _lines = new();

    public void Add(string line)
    {
        _lines.Enqueue(line);
        while (_lines.Count > Lines)
        {
            _lines.TryDequeue(out _);
        }
    }

    public override string ToString() => _lines.IsEmpty ? "It wrote nothing." : $"It wrote last:\n{string.Join('\n', _lines)}";
}
