using System.Text;
using ServerlessChat.Signals;

namespace ServerlessChat.Tests.Signals;

/// <summary>A frame is a signal when it has an event, and a message otherwise.</summary>
public sealed class SignalFramesTests
{
    [Theory]
    [InlineData("""{"event":"typing"}""", true)]
    [InlineData("""{"message":"x","event":"read"}""", true)]
    [InlineData("""{"a":{"event":"x"},"b":["event"],"event":5}""", true)]
    [InlineData("""{"\u0065vent":"typing"}""", true)]
    [InlineData("""{"event":"typing","message":""", true)]
    [InlineData("""{"event":null,"message":"x"}""", false)]
    [InlineData("""{"message":"event"}""", false)]
    [InlineData("""{"message":"\"event\":\"typing\""}""", false)]
    [InlineData("""{"a":{"event":"typing"}}""", false)]
    [InlineData("""["event"]""", false)]
    [InlineData("\"event\"", false)]
    [InlineData("""{"event":""", false)]
    [InlineData("{", false)]
    [InlineData("", false)]
    public void It_Is_Told_By_Its_Event(string frame, bool isSignal) => Assert.Equal(isSignal, SignalFrames.IsSignal(Encoding.UTF8.GetBytes(frame)));
}
