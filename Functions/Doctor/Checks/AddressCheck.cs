using ServerlessChat.Doctor.Net;

namespace ServerlessChat.Doctor.Checks;

/// <summary>Something answers at the given address.</summary>
internal sealed class AddressCheck : ICheck
{
    public string Name => "address";

    public IReadOnlyList<string> Needs => [];

    public async Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, examination.At("health/"));
        HttpReply health = await examination.Http.SendAsync(request, cancellationToken);
        examination.Health = health;
        examination.AppClock = examination.Ahead(health.Date);
        return Diagnosis.Ok($"{Shown.Address(examination.Arguments.Url)} answers in {Shown.Milliseconds(health.Took)}");
    }
}
