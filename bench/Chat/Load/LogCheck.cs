using System.Text.Json;

namespace ServerlessChat.Bench.Load;

internal static class LogCheck
{
    /// <summary>Reads a group's whole log, page by page as a client that was away.</summary>
    /// <exception cref="BenchException">Its ids are not 1 … <paramref name="expected"/>.</exception>
    public static async Task RequireWholeAsync(Bench bench, string slug, int expected, CancellationToken cancellationToken)
    {
        long last = 0;
        bool more = true;
        while (more)
        {
            byte[] body = await bench.Chat.ReadPageAsync(bench.Owner, slug, $"?after={last}&limit=200", cancellationToken);
            using JsonDocument page = JsonDocument.Parse(body);
            foreach (JsonElement message in page.RootElement.GetProperty("messages").EnumerateArray())
            {
                long id = message.GetProperty("id").GetInt64();
                if (id != ++last)
                {
                    throw new BenchException($"{slug}: message {id} stands where {last} belongs.");
                }
            }

            more = page.RootElement.GetProperty("more").GetBoolean();
        }

        if (last != expected)
        {
            throw new BenchException($"{slug}: {expected} messages were answered 201, {last} are stored.");
        }
    }
}
