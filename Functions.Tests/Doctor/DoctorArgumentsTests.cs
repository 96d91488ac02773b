using System.Net.Sockets;
using ServerlessChat.Doctor.Net;

namespace ServerlessChat.Tests.Doctor;

/// <summary>How the command is called, and what it says before it asks anybody.</summary>
public sealed class DoctorArgumentsTests
{
    [Theory]
    [InlineData]
    [InlineData("--url")]
    [InlineData("--url", "nowhere-s3cret")]
    [InlineData("--url", "ftp://example.org")]
    [InlineData("--url", "http://me:s3cret@example.org")]
    [InlineData("--url", "http://example.org/?code=s3cret")]
    [InlineData("--url", "http://example.org", "--url", "http://example.org")]
    [InlineData("--url", "http://example.org", "--timeout", "10")]
    [InlineData("--url", "http://example.org", "--timeout", "00:00:00.5")]
    [InlineData("--url", "http://example.org", "--password", "s3cret")]
    [InlineData("--url", "http://example.org", "--password-file", "s3cret")]
    [InlineData("--url", "http://example.org", "--username", "sara")]
    [InlineData("--url", "http://example.org", "--username", "sara", "--password-file", "/nowhere/s3cret")]
    [InlineData("--url", "http://example.org", "s3cret")]
    public async Task A_Mistake_In_The_Arguments_Gets_The_Usage_And_Exit_Code_2_And_Is_Not_Repeated(params string[] arguments)
    {
        DoctorRun run = await DoctorRun.RunAsync(arguments);

        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Contains("Usage: doctor --url URL", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Program_Itself_Takes_The_Command() => Assert.Equal(2, await ServerlessChat.Hosting.Launcher.RunAsync(["doctor"]));

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "DNS")]
    [InlineData(HttpRequestError.ProxyTunnelError, "NO_PROXY")]
    [InlineData(HttpRequestError.ConnectionError, "firewall")]
    [InlineData(HttpRequestError.InvalidResponse, "scheme")]
    public void A_Network_That_Does_Not_Answer_Is_Explained(HttpRequestError error, string word)
    {
        var failure = new HttpRequestException(error, "x", new SocketException((int)SocketError.HostUnreachable));

        var finding = NetworkTrouble.Explain(failure, new Uri("https://chat.example.org/?code=s3cret"), TimeSpan.FromSeconds(10));

        Assert.Contains(word, finding.Came + finding.Remedy, StringComparison.Ordinal);
        Assert.Equal("an answer from https://chat.example.org", finding.Expected);
    }
}
