using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

internal sealed record Join(Place Place) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        scene.Group?.Admit(scene.By);
        return scene.Take(HttpMethod.Post, "/join", scene.Group is null ? Reply.NotFound : Reply.NoContent);
    }
}

internal sealed record Leave(Place Place) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        if (scene.Group is not { } group || group.Owner == scene.By)
        {
            return scene.Take(HttpMethod.Post, "/leave", scene.Group is null ? Reply.NotFound : Reply.OwnerMustHandOver);
        }

        group.Remove(scene.By);
        return scene.Take(HttpMethod.Post, "/leave", Reply.NoContent);
    }
}

/// <summary>Invites somebody or gives a member a role.</summary>
/// <param name="Role">Null for none in the body.</param>
internal sealed record PutMember(Place Place, Who Whom, string? Role) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        int? whom = Whom.Find(chat, scene.Group);
        Reply reply = Role is not (null or "member" or "admin" or "owner") ? Reply.Wrong("role")
            : scene.Group is { } group ? Put(chat, group, scene.By, whom)
            : Reply.NotFound;
        var body = Role is null ? new JsonObject() : new JsonObject { ["role"] = Role };
        return scene.Take(HttpMethod.Put, Words.MemberPath(chat, whom), reply, body, whom);
    }

    private Reply Put(ModelChat chat, ModelGroup group, int by, int? whom)
    {
        bool isOwner = group.Owner == by;
        if (!group.IsManagedBy(by) || (Role is "admin" or "owner" && !isOwner))
        {
            return Reply.Forbidden;
        }

        if (whom is not { } person)
        {
            return Reply.NotFound;
        }

        switch (group.RoleOf(person))
        {
            case null when Role is "owner":
                return Reply.Wrong("role");
            case null when chat.Pair(by, person).IsBlockedBy(person):
                return Reply.Blocked;
            case { } role when Role is not null && Role != role && !isOwner:
                return Reply.Forbidden;
            case "owner" when Role is not (null or "owner"):
                return Reply.OwnerMustHandOver;
        }

        group.Put(person, Role ?? group.RoleOf(person) ?? "member");
        return Reply.Ok(group.MemberToJson(person));
    }
}

internal sealed record RemoveMember(Place Place, Who Whom) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        int? whom = Whom.Find(chat, scene.Group);
        return scene.Take(HttpMethod.Delete, Words.MemberPath(chat, whom), scene.Group is { } group ? Remove(group, scene.By, whom) : Reply.NotFound, about: whom);
    }

    private static Reply Remove(ModelGroup group, int by, int? whom)
    {
        string? role = whom is { } person ? group.RoleOf(person) : null;
        bool isOneself = role is not null && whom == by;
        if (!isOneself && (!group.IsManagedBy(by) || (role is "admin" or "owner" && group.Owner != by)))
        {
            return Reply.Forbidden;
        }

        if (role is null or "owner")
        {
            return role is null ? Reply.NotFound : Reply.OwnerMustHandOver;
        }

        group.Remove(whom!.Value);
        return Reply.NoContent;
    }
}
