using System.IO.Pipelines;
using System.Text.Json;
using ServerlessChat.Hosting;
using ServerlessChat.Messages;

namespace ServerlessChat.Exporting;

/// <summary>Writes JSON objects, a line each.</summary>
internal sealed class ExportWriter(PipeWriter output) : IDisposable
{
    private readonly Utf8JsonWriter _json = new(output, new JsonWriterOptions { Encoder = ChatJson.Readable.Options.Encoder });

    /// <summary>How many were written.</summary>
    public long Lines { get; private set; }

    public void Write(ExportPart part)
    {
        if (part.Head is { } head)
        {
            Write(head);
        }

        foreach (MessageResponse message in part.Messages)
        {
            Write(message, part.Group);
        }
    }

    public void Write(ExportLine line)
    {
        JsonSerializer.Serialize(_json, line, ChatJson.Readable.ExportLine);
        EndLine();
    }

    /// <summary>Sends what was written. Who takes it slowly is waited for: nothing more is read meanwhile.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken) => await output.FlushAsync(cancellationToken);

    public void Dispose() => _json.Dispose();

    /// <summary>An entry as it is on the wire everywhere, with its type and, in a group, the slug before it.</summary>
    private void Write(MessageResponse message, string? group)
    {
        _json.WriteStartObject();
        _json.WriteString("type"u8, message.Event is null ? "message"u8 : "event"u8);
        if (group is not null)
        {
            _json.WriteString("group"u8, group);
        }

        foreach (JsonProperty property in JsonSerializer.SerializeToElement(message, ChatJson.Readable.MessageResponse).EnumerateObject())
        {
            property.WriteTo(_json);
        }

        _json.WriteEndObject();
        EndLine();
    }

    private void EndLine()
    {
        _json.Flush();
        _json.Reset();
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
        Lines++;
    }
}
