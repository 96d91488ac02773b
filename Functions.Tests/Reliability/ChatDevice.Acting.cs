using System.Net.Http.Json;
using System.Text.Json;

namespace ServerlessChat.Tests.Reliability;

/// <content>What its person does: sends, edits, deletes and reacts, each until it is known to be stored.</content>
internal sealed partial class ChatDevice
{
    /// <summary>Two of them are the same emoji in two spellings.</summary>
    private static readonly string[] Emojis = ["👍", "\u2764\uFE0F", "\u2764", "🌹"];

    /// <param name="mayDeleteAny">The owner deletes others' messages too.</param>
    public async Task ActAsync(int acts, Random random, bool mayDeleteAny, Acknowledged acknowledged, CancellationToken cancellationToken)
    {
        for (int i = 0; i < acts; i++)
        {
            ShownMessage? target = random.Next(20) switch
            {
                < 13 => null,
                < 15 => Log.Pick(random, username),
                15 => Log.Pick(random, mayDeleteAny ? null : username),
                _ => Log.Pick(random, of: null),
            };
            int change = random.Next(20);
            await (target switch
            {
                null => SendAsync($"{username}/{i}", acknowledged, cancellationToken),
                { } own when own.User == username && change < 12 => EditAsync(own.Id, $"«{username}/{i} ویراسته»", acknowledged, cancellationToken),
                { } message when message.User == username || (mayDeleteAny && change < 5) => DeleteAsync(message.Id, acknowledged, cancellationToken),
                { } message => ReactAsync(message.Id, Emojis[change % Emojis.Length], acknowledged, cancellationToken),
            });
            acknowledged.Done();
        }
    }

    private async Task EditAsync(long id, string text, Acknowledged acknowledged, CancellationToken cancellationToken)
    {
        acknowledged.Writes(text);
        if (await ChangeAsync(HttpMethod.Patch, $"messages/{id}/", new { message = text }, cancellationToken) is { } edited)
        {
            acknowledged.Edited(id, text);
            Log.Keep(edited);
        }
        else
        {
            acknowledged.NotFound(id);
        }
    }

    private async Task DeleteAsync(long id, Acknowledged acknowledged, CancellationToken cancellationToken)
    {
        Assert.NotNull(await ChangeAsync(HttpMethod.Delete, $"messages/{id}/", body: null, cancellationToken)); // Of what is deleted already, too.
        acknowledged.Deleted(id);
    }

    /// <summary>Puts a reaction; takes it back when it is there.</summary>
    private async Task ReactAsync(long id, string emoji, Acknowledged acknowledged, CancellationToken cancellationToken)
    {
        bool removes = acknowledged.Has(id, emoji, username);
        string path = $"messages/{id}/reactions/{Uri.EscapeDataString(emoji)}/";
        if (await ChangeAsync(removes ? HttpMethod.Delete : HttpMethod.Put, path, body: null, cancellationToken) is not null)
        {
            acknowledged.Reacted(id, emoji, username, removes);
        }
        else
        {
            acknowledged.NotFound(id);
        }
    }

    /// <summary>Asks until there is an answer: the same change again changes nothing.</summary>
    /// <returns>Null for 404; undefined for an answer without a body.</returns>
    private async Task<JsonElement?> ChangeAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        for (int tries = 0; ; tries++)
        {
            Repeats += tries > 0 ? 1 : 0;
            try
            {
                using var request = new HttpRequestMessage(method, Path + path) { Content = body is null ? null : JsonContent.Create(body) };
                using HttpResponseMessage answer = await http.SendAsync(request, cancellationToken);
                string text = await answer.Content.ReadAsStringAsync(cancellationToken);
                Assert.True(answer.IsSuccessStatusCode || (int)answer.StatusCode is 404 or >= 500, text);
                if ((int)answer.StatusCode < 500)
                {
                    return !answer.IsSuccessStatusCode ? null : text.Length > 0 ? JsonElement.Parse(text) : default(JsonElement);
                }
            }
            catch (Exception e) when (IsInterruption(e))
            {
                // Asked again.
            }

            await PauseAsync(cancellationToken);
        }
    }
}
