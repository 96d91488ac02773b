using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <param name="ClientId">Of few, so that it comes again; null for none.</param>
/// <param name="ReplyTo">Null for no reply.</param>
internal sealed record Send(Place Place, string Text, string? ClientId, Position? ReplyTo) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        long? replyTo = ReplyTo?.Find(scene.Conversation?.Log.LastId ?? 0);
        var body = new JsonObject { ["message"] = Text };
        if (ClientId is not null)
        {
            body["client_id"] = ClientId;
        }

        if (replyTo is not null)
        {
            body["reply_to"] = replyTo;
        }

        return scene.Take(HttpMethod.Post, "", Store(scene, replyTo), body);
    }

    public override IEnumerable<Step> Simpler() =>
    [
        .. base.Simpler(),
        .. Text is "x" ? Array.Empty<Step>() : [this with { Text = "x" }],
        .. ClientId is null ? Array.Empty<Step>() : [this with { ClientId = null }],
        .. ReplyTo is null ? Array.Empty<Step>() : [this with { ReplyTo = null }],
    ];

    private Reply Store(Scene scene, long? replyTo)
    {
        string[] wrong = [.. Words.AreNoMessage(Text) ? ["message"] : Array.Empty<string>(), .. replyTo < 1 ? ["reply_to"] : Array.Empty<string>()];
        if (wrong.Length > 0)
        {
            return Reply.Wrong(wrong);
        }

        if (scene.Conversation is not { } conversation)
        {
            return Reply.NotFound;
        }

        ModelLog log = conversation.Log;
        ModelMessage? sent = log.FindSent(scene.By, ClientId);
        if (conversation.IsBlocked ? sent is null : replyTo > log.LastId)
        {
            return conversation.IsBlocked ? Reply.Blocked : Reply.Wrong("reply_to");
        }

        if (sent is not null)
        {
            return Reply.Ok(conversation.ToJson(sent, scene.By));
        }

        conversation.Admit(scene.By);
        return Reply.Created(conversation.ToJson(log.Append(scene.By, Text.Trim(), ClientId, replyTo), scene.By));
    }
}

internal sealed record Edit(Place Place, Target Target, string Text) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        (string id, long? number) = Target.Find(scene.Conversation?.Log, scene.By);
        Reply reply = Words.IsNumber(id) switch
        {
            false => Reply.NotFound,
            _ when Words.AreNoMessage(Text) => Reply.Wrong("message"),
            _ => scene.RefusalToWrite ?? scene.Conversation!.Log.Edit(scene.By, number, Text.Trim())
                ?? Reply.Ok(scene.Conversation.ToJson(scene.Conversation.Log.Find(number)!, scene.By)),
        };
        return scene.Take(HttpMethod.Patch, $"/messages/{Uri.EscapeDataString(id)}", reply, new JsonObject { ["message"] = Text });
    }

    public override IEnumerable<Step> Simpler() => [.. base.Simpler(), .. Text is "y" ? Array.Empty<Step>() : [this with { Text = "y" }]];
}

internal sealed record Delete(Place Place, Target Target) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        (string id, long? number) = Target.Find(scene.Conversation?.Log, scene.By);
        Reply reply = !Words.IsNumber(id)
            ? Reply.NotFound
            : scene.Refusal ?? scene.Conversation!.Log.Delete(scene.By, number, scene.Conversation.IsManagedBy(scene.By));
        return scene.Take(HttpMethod.Delete, $"/messages/{Uri.EscapeDataString(id)}", reply);
    }
}

/// <param name="Emoji">When one is taken back, one that they have put stands in its place; but the second of <see cref="Words.Emojis"/> is taken back as it is: another spelling, or none of theirs.</param>
internal sealed record React(Place Place, Target Target, string Emoji, bool Removes) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        (string id, long? number) = Target.Find(scene.Conversation?.Log, scene.By);
        string[] own = Removes ? [.. scene.Conversation?.Log.Find(number)?.ReactionsOf(scene.By) ?? []] : [];
        string emoji = own.Length > 0 && !Words.AreNoEmoji(Emoji) && Emoji != Words.Emojis[1] ? own[Target.N % own.Length] : Emoji;
        Reply reply = Words.IsNumber(id) switch
        {
            false => Reply.NotFound,
            _ when Words.AreNoEmoji(emoji) => Reply.Wrong("emoji"),
            _ => scene.RefusalToWrite ?? scene.Conversation!.Log.React(scene.By, number, emoji, Removes),
        };
        string path = $"/messages/{Uri.EscapeDataString(id)}/reactions/{Uri.EscapeDataString(emoji)}";
        return scene.Take(Removes ? HttpMethod.Delete : HttpMethod.Put, path, reply);
    }
}

internal sealed record Read(Place Place, Position Position) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        long lastId = scene.Conversation?.Log.LastId ?? 0;
        long id = Position.Find(lastId);
        Reply reply = scene.Refusal ?? (id >= 1 && id <= lastId ? Reply.NoContent : Reply.Wrong("id"));
        if (reply == Reply.NoContent)
        {
            scene.Conversation!.MarkRead(scene.By, id);
        }

        return scene.Take(HttpMethod.Post, "/read", reply, new JsonObject { ["id"] = id });
    }
}

/// <summary>Reads a part of a log.</summary>
internal sealed record ReadPage(Place Place, PageQuery Query) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        Reply reply = Query.Wrong() is { Length: > 0 } wrong ? Reply.Wrong(wrong)
            : scene.Conversation is { } conversation ? Reply.Ok(conversation.ToPage(scene.By, Query))
            : Reply.NotFound;
        Taken taken = scene.Take(HttpMethod.Get, "", reply);
        return taken with { Call = taken.Call with { Path = $"{taken.Call.Path}?{Query}" }, Place = null };
    }
}
