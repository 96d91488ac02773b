using System.Globalization;
using ServerlessChat.Accounts;
using ServerlessChat.Hosting;

namespace ServerlessChat.Messages;

/// <summary>Makes revisions of what a caller asks for, for groups and private chats alike; or says what is wrong with it.</summary>
public sealed class RevisionRequests(Drafts drafts)
{
    /// <param name="id">The message's id as it stands in the address.</param>
    /// <returns>404 for what is no id; 400 for a text that breaks the rules; 429.</returns>
    public Outcome<Edit> Edit(Caller caller, string id, EditRequest request)
    {
        if (ParseId(id) is not { } target)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        if ((MessageRules.CheckEdit(request.Message, out string text) ?? drafts.TooFast(caller)) is { } wrong)
        {
            return wrong;
        }

        return new Edit(caller.Id, caller.Username.Text, target, text);
    }

    /// <returns>404 for what is no id; 429.</returns>
    public Outcome<Deletion> Delete(Caller caller, string id)
    {
        if (ParseId(id) is not { } target)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        return drafts.TooFast(caller) is { } wrong ? wrong : new Deletion(caller.Id, caller.Username.Text, target, MayDeleteAny: false);
    }

    /// <param name="emoji">As it stands in the address.</param>
    /// <returns>404 for what is no id; 400 for what is no emoji; 429.</returns>
    public Outcome<React> React(Caller caller, string id, string emoji, bool removes)
    {
        if (ParseId(id) is not { } target)
        {
            return ApiProblem.Of(Errors.NotFound);
        }

        if (Emoji.Parse(emoji) is not { } parsed)
        {
            return ApiProblem.Field("emoji", "This is one emoji.");
        }

        return drafts.TooFast(caller) is { } wrong ? wrong : new React(caller.Id, caller.Username.Text, target, parsed, removes);
    }

    private static long? ParseId(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long id) && id > 0 ? id : null;
}
