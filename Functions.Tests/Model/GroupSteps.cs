using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <summary>Makes a group: one that is not there, when any isn't.</summary>
internal sealed record Create(Place Place, string Title, string Type) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        var place = (InGroup)Place;
        int free = Enumerable.Range(0, chat.Slugs.Count).FirstOrDefault(i => chat.Groups[i] is null, place.Index);
        Scene scene = (place with { Index = free }).Find(chat);
        string[] wrong = Words.AreWrong(Title, Type);
        Reply reply = wrong.Length > 0 ? Reply.Wrong(wrong)
            : chat.Groups[free] is not null ? Reply.SlugTaken
            : Reply.Created(chat.Create(free, Title.Trim(), Type, scene.By).ToJson(scene.By));
        var body = new JsonObject { ["group_name"] = Title, ["slug"] = chat.Slugs[free], ["type"] = Type };
        return new Taken(new Call(scene.By, HttpMethod.Post, "/chat/create_group" + scene.End, body), reply, chat.Groups[free]);
    }
}

/// <summary>Renames a group or changes its type; null leaves as it is.</summary>
internal sealed record Change(Place Place, string? Title, string? Type) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        var body = new JsonObject { ["group_name"] = Title, ["type"] = Type };
        string[] wrong = Words.AreWrong(Title ?? "x", Type ?? "public");
        if (wrong.Length > 0)
        {
            return scene.Take(HttpMethod.Patch, "", Reply.Wrong(wrong), body);
        }

        if (scene.Group is not { } group || !group.IsManagedBy(scene.By))
        {
            return scene.Take(HttpMethod.Patch, "", scene.Group is null ? Reply.NotFound : Reply.Forbidden, body);
        }

        (group.Title, group.Type) = (Title?.Trim() ?? group.Title, Type ?? group.Type);
        return scene.Take(HttpMethod.Patch, "", Reply.Ok(group.ToJson(scene.By)), body);
    }
}

internal sealed record DeleteGroup(Place Place, bool Posts) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        Reply reply = scene.Group switch
        {
            null => Reply.NotFound,
            { } group when group.Owner != scene.By => Reply.Forbidden,
            _ => Reply.NoContent,
        };
        if (reply == Reply.NoContent)
        {
            chat.Delete(scene.Group!);
        }

        string path = scene.Path.Replace("/chat/group/", "/chat/delete_group/", StringComparison.Ordinal);
        return (scene with { Path = path }).Take(Posts ? HttpMethod.Post : HttpMethod.Delete, "", reply);
    }
}
