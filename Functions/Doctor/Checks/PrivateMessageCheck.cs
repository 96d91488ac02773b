using ServerlessChat.Sockets;

namespace ServerlessChat.Doctor.Checks;

/// <summary>A private message to oneself, sent over the socket, comes back.</summary>
internal sealed class PrivateMessageCheck : ICheck
{
    public string Name => "private message";

    public IReadOnlyList<string> Needs => ["private socket"];

    public async Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        TimeSpan took = await MessageTrip.ThereAndBackAsync(examination, examination.PrivateChat!, Channel.Private, cancellationToken);
        return Diagnosis.Ok($"there and back over the socket in {Shown.Milliseconds(took)}");
    }
}
