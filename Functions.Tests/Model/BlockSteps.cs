namespace ServerlessChat.Tests.Model;

/// <summary>Blocks the other of a private chat, or lifts the block.</summary>
internal sealed record Block(Place Place, bool Lifts) : Step(Place)
{
    public override Taken Take(ModelChat chat)
    {
        Scene scene = Place.Find(chat);
        string path = $"/chat/blocks/{scene.Path[(scene.Path.LastIndexOf('/') + 1)..]}{scene.End}";
        return new Taken(new Call(scene.By, Lifts ? HttpMethod.Delete : HttpMethod.Put, path), Answer(scene), scene.Conversation, scene.Other);
    }

    private Reply Answer(Scene scene)
    {
        if (scene.Conversation is not ModelPair pair || scene.Other == scene.By)
        {
            return scene.Other is null ? Reply.NotFound : Reply.Wrong("username");
        }

        if (Lifts)
        {
            pair.Unblock(scene.By);
        }
        else
        {
            pair.Block(scene.By);
        }

        return Reply.NoContent;
    }
}
