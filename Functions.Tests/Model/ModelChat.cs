using System.Text.Json.Nodes;

namespace ServerlessChat.Tests.Model;

/// <summary>The whole chat in plain memory: what the API says has to be what this says.</summary>
/// <param name="names">The people's usernames. A person is their index.</param>
/// <param name="slugs">Of the groups that there may be.</param>
internal sealed class ModelChat(IReadOnlyList<string> names, IReadOnlyList<string> slugs)
{
    private readonly ModelGroup?[] _groups = new ModelGroup?[slugs.Count];
    private readonly Dictionary<(int Low, int High), ModelPair> _pairs = [];
    private int _created;

    public IReadOnlyList<string> Names => names;

    public IReadOnlyList<string> Slugs => slugs;

    public IReadOnlyList<ModelGroup?> Groups => _groups;

    /// <summary>All that somebody has had to do with.</summary>
    public IEnumerable<ModelConversation> Conversations => _groups.OfType<ModelConversation>().Concat(_pairs.Values);

    public ModelPair Pair(int one, int other)
    {
        (int low, int high) = (Math.Min(one, other), Math.Max(one, other));
        if (!_pairs.TryGetValue((low, high), out ModelPair? pair))
        {
            _pairs[(low, high)] = pair = new ModelPair(this, low, high);
        }

        return pair;
    }

    /// <param name="index">Of a slug that is free.</param>
    public ModelGroup Create(int index, string title, string type, int owner) =>
        _groups[index] = new ModelGroup(this, $"group {++_created}", slugs[index], title, type, owner);

    /// <summary>A group that is gone, with all that was in it.</summary>
    public void Delete(ModelGroup group) => _groups[Array.IndexOf(_groups, group)] = null;

    /// <summary>The conversations on a person's dashboard and the public groups, each by its slug or username: their order is another matter.</summary>
    public JsonObject ToDashboard(int reader) => new()
    {
        ["user"] = new JsonObject
        {
            ["username"] = names[reader], ["display_name"] = names[reader], ["bio"] = "", ["language"] = null, ["created_at"] = JsonDifference.Time($"person {reader}"),
        },
        ["groups"] = Sorted(_groups.OfType<ModelGroup>().Where(group => group.IsOf(reader)).Select(group => group.ToSummary(reader)), "slug"),
        ["private_chats"] = Sorted(_pairs.Values.Where(pair => pair.IsOf(reader) && pair.Log.LastId > 0).Select(pair => pair.ToSummary(reader)), "username"),
        ["public_groups"] = Sorted(_groups.OfType<ModelGroup>().Where(group => group.IsPublic).Select(group => group.ToJson(reader)), "slug"),
    };

    /// <summary>Whom a person blocks, by username.</summary>
    public JsonObject ToBlocks(int person) => new()
    {
        ["blocks"] = Sorted(_pairs.Values.Where(pair => pair.IsBlockedBy(person)).Select(pair => pair.BlockToJson(person)), "username"),
    };

    private static JsonArray Sorted(IEnumerable<JsonObject> items, string key) => [.. items.OrderBy(item => (string)item[key]!, StringComparer.Ordinal)];
}
