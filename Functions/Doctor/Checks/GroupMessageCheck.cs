using System.Security.Cryptography;
using ServerlessChat.Doctor.Net;
using ServerlessChat.Groups;
using ServerlessChat.Hosting;
using ServerlessChat.Sockets;

namespace ServerlessChat.Doctor.Checks;

/// <summary>A message in a private group that is made for it and deleted again comes back over the group's socket.</summary>
internal sealed class GroupMessageCheck : ICheck
{
    public string Name => "group message";

    public IReadOnlyList<string> Needs => ["handshake", "person"];

    public async Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        string slug = $"doctor-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        HttpReply? deleted = null;
        Diagnosis diagnosis;
        try
        {
            diagnosis = await TalkAsync(examination, slug, cancellationToken);
        }
        catch (FindingException found)
        {
            diagnosis = Diagnosis.Failed(found.Finding);
        }
        finally
        {
            // Even when creating it got no answer, and when the run was interrupted: it may be there.
            deleted = await Examination.TidyAsync(call => examination.Person!.PostAsync(examination, $"chat/delete_group/{slug}/", content: null, call));
        }

        return deleted?.Status is 204 or 404 ? diagnosis : Diagnosis.Failed([.. diagnosis.Findings, Left(slug, deleted)]);
    }

    private static async Task<Diagnosis> TalkAsync(Examination examination, string slug, CancellationToken cancellationToken)
    {
        var content = JsonContent.Create(new CreateGroupRequest("doctor", slug, "private"), ChatJson.Default.CreateGroupRequest);
        HttpReply created = await examination.Person!.PostAsync(examination, "chat/create_group/", content, cancellationToken);
        if (created.Status is not 201)
        {
            throw new FindingException("201 from POST /chat/create_group/", created.Summary, "Look at the app's log, and at the check health.");
        }

        OpenedSocket opened = await SocketDoor.OpenAsync(examination, Channel.Group, $"ws/chat/{slug}/", cancellationToken);
        TimeSpan took = await MessageTrip.ThereAndBackAsync(examination, opened.Socket, Channel.Group, cancellationToken);
        return Diagnosis.Ok($"there and back over the socket in {Shown.Milliseconds(took)}; the group {slug} is deleted again");
    }

    private static Finding Left(string slug, HttpReply? reply) => new(
        "the group is deleted again", reply?.Summary ?? "no answer", $"Delete it by hand: POST /chat/delete_group/{slug}/ as the account of this run.");
}
