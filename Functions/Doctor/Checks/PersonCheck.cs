using System.Security.Cryptography;
using ServerlessChat.Accounts;
using ServerlessChat.Doctor.Net;
using ServerlessChat.Hosting;

namespace ServerlessChat.Doctor.Checks;

/// <summary>Signs in, with the given account or with one that is registered for it.</summary>
/// <param name="password">Of the given account; null registers one.</param>
internal sealed class PersonCheck(Password? password) : ICheck
{
    public string Name => "person";

    public IReadOnlyList<string> Needs => ["app"];

    public async Task<Diagnosis> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        if (password is not null)
        {
            await SignInAsync(examination, examination.Arguments.Username!, password, cancellationToken);
            return Diagnosis.Ok($"signed in as {Shown.Text(examination.Person!.Username)}");
        }

        string username = $"doctor-{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        var made = new Password($"doctor {RandomNumberGenerator.GetHexString(32, lowercase: true)}");
        await RegisterAsync(examination, username, made, cancellationToken);
        await SignInAsync(examination, username, made, cancellationToken);
        return Diagnosis.Ok($"registered {username} and signed in; the account stays (use --username to take one of yours)");
    }

    private static async Task RegisterAsync(Examination examination, string username, Password password, CancellationToken cancellationToken)
    {
        var content = JsonContent.Create(new RegisterRequest(username, password.Text, password.Text), ChatJson.Default.RegisterRequest);
        HttpReply reply = await PostAsync(examination, "chat/register/", content, cancellationToken);
        if (reply.Status is not 201)
        {
            throw new FindingException("201 from POST /chat/register/", reply.Summary, RemedyFor(reply));
        }
    }

    private static async Task SignInAsync(Examination examination, string username, Password password, CancellationToken cancellationToken)
    {
        var content = JsonContent.Create(new LoginRequest(username, password.Text), ChatJson.Default.LoginRequest);
        HttpReply reply = await PostAsync(examination, "chat/login/", content, cancellationToken);
        examination.Person = reply.Status is 200 && reply.Text("token") is { } token
            ? new Person(reply.Text("username") ?? username, token)
            : throw new FindingException("200 and a session from POST /chat/login/", reply.Summary, RemedyFor(reply));
    }

    private static async Task<HttpReply> PostAsync(Examination examination, string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, examination.At(path)) { Content = content };
        return await examination.Http.SendAsync(request, cancellationToken);
    }

    private static string RemedyFor(HttpReply reply) => reply switch
    {
        { Code: "invalid_credentials" } => "Username or password is wrong; after five in a row the username has to wait.",
        { Status: 429 } => "Too many wrong passwords for this username: wait, or use another account.",
        { Status: 503 } => "Storage does not answer, or too many sign in at once: see the check health, then try again.",
        { Status: 401 or 403, Code: null } => Gate.Remedy,
        { Status: >= 300 and < 400 } => Gate.RemedyForRedirect(reply),
        { Status: 404 or 405, Code: null } => "The function of this route is not deployed: publish anew; the build writes function.json.",
        _ => "Look at the app's log.",
    };
}
