using System.Text.Json;
using Azure.Core;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;

namespace ServerlessChat.Sockets;

/// <summary>The last frame of a group's socket: why it is closed.</summary>
/// <param name="Event"><c>group_deleted</c> or <c>removed</c>.</param>
public sealed record GroupEvent(string Event, string Slug)
{
    public static RequestContent Deleted(Group group) => new GroupEvent("group_deleted", group.Slug.Text).ToContent();

    public static RequestContent Removed(Group group) => new GroupEvent("removed", group.Slug.Text).ToContent();

    private RequestContent ToContent() => RequestContent.Create(JsonSerializer.SerializeToUtf8Bytes(this, ChatJson.Readable.GroupEvent));
}
