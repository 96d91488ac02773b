using System.Text.Json.Serialization;
using ServerlessChat.Messages;
using ServerlessChat.Signals;

namespace ServerlessChat.PrivateChats;

/// <summary>Somebody, as others see them.</summary>
public sealed record PersonResponse(string Username, string DisplayName);

/// <summary>The other and a part of the log.</summary>
/// <param name="With">The other of the pair.</param>
/// <param name="Messages">Oldest first.</param>
/// <param name="Before">What to ask <c>before</c> for older ones; null when there are none.</param>
/// <param name="LastId">The newest id in the log; 0 when it is empty.</param>
/// <param name="More">For <c>after</c> alone: whether there are newer ones behind this page.</param>
/// <param name="Reads">How far the other has read; absent on pages of <c>before</c>, empty while one of the two blocks the other.</param>
/// <param name="Blocked">True while the caller blocks the other; absent otherwise.</param>
public sealed record PrivatePageResponse(
    PersonResponse With,
    IReadOnlyList<MessageResponse> Messages,
    long? Before,
    long LastId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? More,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReadResponse>? Reads,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Blocked = null);
