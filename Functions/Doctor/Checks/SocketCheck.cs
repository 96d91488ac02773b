using ServerlessChat.Doctor.Net;

namespace ServerlessChat.Doctor.Checks;

/// <summary>A socket of one's own on a channel: negotiated, opened, and guarded by the <c>connect</c> event.</summary>
/// <param name="path">Of the channel below <c>/ws/</c>; the person's own name follows it.</param>
/// <param name="keep">Where the open socket is left for later checks.</param>
internal sealed class SocketCheck(string name, string hub, string path, Action<Examination, DoctorSocket> keep) : ICheck
{
    public string Name => name;

    public IReadOnlyList<string> Needs => ["handshake", "person"];

    public async Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        OpenedSocket opened = await SocketDoor.OpenAsync(examination, hub, $"ws/{path}/{examination.Person!.Segment}/", cancellationToken);
        keep(examination, opened.Socket);
        return Diagnosis.Ok(opened.Description);
    }
}
