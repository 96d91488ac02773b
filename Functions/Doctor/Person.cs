using System.Net.Http.Headers;
using ServerlessChat.Doctor.Net;

namespace ServerlessChat.Doctor;

/// <summary>Who the doctor is signed in as.</summary>
/// <param name="Username">As typed at registration.</param>
internal sealed record Person(string Username, string Token)
{
    /// <summary>The username as a segment of a path.</summary>
    public string Segment => Uri.EscapeDataString(Username);

    public Task<HttpReply> GetAsync(Examination examination, string path, CancellationToken cancellationToken) =>
        SendAsync(examination, HttpMethod.Get, path, content: null, cancellationToken);

    public Task<HttpReply> PostAsync(Examination examination, string path, HttpContent? content, CancellationToken cancellationToken) =>
        SendAsync(examination, HttpMethod.Post, path, content, cancellationToken);

    private async Task<HttpReply> SendAsync(
        Examination examination, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, examination.At(path)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return await examination.Http.SendAsync(request, cancellationToken);
    }
}
