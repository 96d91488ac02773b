using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessChat.Tests.Contract;

namespace ServerlessChat.Tests.Model;

/// <summary>Five new people in front of the app, and the model beside it. Each step is done in both, and then what people see of them is compared.</summary>
internal sealed class Stage
{
    private readonly ChatUser[] _users;
    private readonly ModelChat _model;
    private readonly JsonDifference _difference = new();
    private readonly List<string> _done = [];

    private Stage(ChatUser[] users, ModelChat model) => (_users, _model) = (users, model);

    /// <summary>The requests so far, with what had to be answered.</summary>
    public string Done => string.Join("\n  ", _done);

    /// <param name="ending">Of names and slugs, so that they are new.</param>
    public static async Task<Stage> SetAsync(RunningChat host, string ending)
    {
        ChatUser[] users = await Task.WhenAll(Words.Names.Select(name => host.SignedInAsync(name + ending)));
        return new Stage(users, new ModelChat([.. users.Select(user => user.Username)], [.. Words.Slugs.Select(slug => slug + ending)]));
    }

    /// <summary>Does a step, and compares the answer.</summary>
    public async Task<Taken> TakeAsync(Step step)
    {
        Taken taken = step.Take(_model);
        _done.Add($"{taken.Call} -> {taken.Reply}");
        Compare(taken.Reply, await _users[taken.Call.By].SendAsync(taken.Call.Method, taken.Call.Path, taken.Call.Body), $"{taken.Call}");
        return taken;
    }

    /// <summary>Compares what the maker of a step, whom it is about, and one more person see of it.</summary>
    public async Task CheckAsync(Taken taken)
    {
        int turn = _done.Count;
        int[] people = [.. new[] { taken.Call.By, taken.Other ?? taken.Call.By, turn % _users.Length }.Distinct()];
        ModelConversation[] others = [.. _model.Conversations];
        ModelConversation? place = taken.Place ?? (others.Length > 0 ? others[turn % others.Length] : null);
        await Task.WhenAll(people.Select(CheckDashboardAsync).Concat(place is ModelPair ? people.Select(CheckBlocksAsync) : []).Concat(place is null ? [] : people.Select(person => CheckPageAsync(place, person))).Append(CheckMembersAsync(place, people[^1])));
    }

    /// <summary>Everything that there is, as everybody sees it.</summary>
    public async Task CheckAllAsync()
    {
        for (int person = 0; person < _users.Length; person++)
        {
            int reader = person;
            await Task.WhenAll(_model.Conversations.Select(place => CheckPageAsync(place, reader)).Append(CheckDashboardAsync(reader)).Append(CheckBlocksAsync(reader)));
            await Task.WhenAll(_model.Groups.Select(group => CheckMembersAsync(group, reader)));
        }
    }

    /// <summary>Takes the groups away: the first public groups are on everybody's dashboard.</summary>
    public async Task ClearAsync()
    {
        foreach (ChatUser user in _users)
        {
            await Task.WhenAll(_model.Slugs.Select(slug => user.PostAsync($"/chat/delete_group/{slug}/")));
        }
    }

    private async Task CheckPageAsync(ModelConversation place, int reader)
    {
        bool isSeen = place.IsSeenBy(reader) && _model.Conversations.Contains(place);
        if (place is ModelPair && !isSeen)
        {
            return; // The address would be that of a chat of their own.
        }

        string path = $"{place.PathFor(reader)}/?{PageQuery.Whole}";
        Compare(isSeen ? Reply.Ok(place.ToPage(reader, PageQuery.Whole)) : Reply.NotFound, await _users[reader].GetAsync(path), $"the page for {reader}");
    }

    private async Task CheckMembersAsync(ModelConversation? place, int reader)
    {
        if (place is not ModelGroup group || !_model.Groups.Contains(group))
        {
            return;
        }

        ApiAnswer answer = await _users[reader].GetAsync(group.PathFor(reader) + "/members/");
        Reply reply = !group.IsSeenBy(reader) ? Reply.NotFound : Reply.Ok(new JsonObject { ["members"] = group.MembersToJson(), ["after"] = null });
        Compare(reply, answer.Status == 200 ? answer with { Json = Sorted(answer.Json, ("members", "username")) } : answer, $"the members for {reader}");
    }

    private async Task CheckDashboardAsync(int reader)
    {
        ApiAnswer answer = (await _users[reader].GetAsync("/chat/")).Is(200);
        DateTimeOffset[] times = [.. answer.Json.List("groups").Select(group => (group.GetProperty("last_message") is { ValueKind: JsonValueKind.Object } last ? last : group)
            .Time(group.GetProperty("last_message").ValueKind is JsonValueKind.Object ? "timestamp" : "created_at"))];
        Assert.Equal(times.OrderDescending(), times); // The one with the newest message first.
        JsonElement own = Sorted(answer.Json, ("groups", "slug"), ("private_chats", "username"), ("public_groups", "slug"));
        Compare(Reply.Ok(_model.ToDashboard(reader)), answer with { Json = own }, $"the dashboard of {reader}");
    }

    private async Task CheckBlocksAsync(int reader)
    {
        ApiAnswer answer = (await _users[reader].GetAsync("/chat/blocks/")).Is(200);
        Compare(Reply.Ok(_model.ToBlocks(reader)), answer with { Json = Sorted(answer.Json, ("blocks", "username")) }, $"the blocks of {reader}");
    }

    /// <summary>The same with lists in the order of a property; of the public groups, those of this run.</summary>
    private JsonElement Sorted(JsonElement json, params (string List, string Key)[] lists)
    {
        JsonObject sorted = JsonObject.Create(json)!;
        foreach ((string list, string key) in lists)
        {
            IEnumerable<JsonElement> items = json.List(list).Where(item => list is not "public_groups" || _model.Slugs.Contains(item.Text(key)!, StringComparer.Ordinal));
            sorted[list] = new JsonArray([.. items.OrderBy(item => item.Text(key), StringComparer.Ordinal).Select(item => JsonObject.Create(item))]);
        }

        return JsonElement.Parse(sorted.ToJsonString());
    }

    /// <summary>A page's read positions come in no order that means anything.</summary>
    private JsonElement InOrder(JsonElement json) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty("reads", out _) ? Sorted(json, ("reads", "user")) : json;

    private void Compare(Reply expected, ApiAnswer answer, string what)
    {
        bool isSame = expected.Status == answer.Status && expected.Code == answer.Code
            && (expected.Fields ?? []).Order(StringComparer.Ordinal).SequenceEqual(expected.Code is null ? [] : answer.ErrorFields.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.True(isSame, $"{what}: it is {answer} and has to be {expected}");
        string? difference = expected.Body is { } body ? _difference.Find(body, InOrder(answer.Json)) : null;
        Assert.True(difference is null, $"{what}: {difference}");
    }
}
