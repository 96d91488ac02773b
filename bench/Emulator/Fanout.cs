using System.Buffers.Text;
using System.Net.Http.Headers;

namespace EmulatorBench;

/// <summary>Posts messages to a group and counts what arrives.</summary>
internal static class Fanout
{
    private const int PayloadLength = 100;
    private const int FrameLength = PayloadLength + 2;
    private const int TimestampLength = 16;
    private const int Rounds = 3;

    // How far the senders may run ahead of the receivers, in messages: a closed loop, so that no queue grows without end.
    private const int Window = 64;

    public static async Task<int> RunAsync(int receivers, int messages, int senders)
    {
        Console.WriteLine($"{receivers} receivers, {messages} messages of {PayloadLength} bytes, {senders} sender(s), {Environment.ProcessorCount} cores");
        for (var round = 1; round <= Rounds; round++)
        {
            foreach (var kind in new[] { Servers.BareBatched, Servers.Emulator, Servers.BareSendAsync })
            {
                using var server = await ServerProcess.StartAsync(kind);
                var run = new FanoutRun(server, receivers, senders);
                await run.WarmUpAsync(Math.Max(200, messages / 10));
                Console.WriteLine($"round {round} {kind,-15} {await run.MeasureAsync(messages)}");
                run.Dispose();
            }
        }

        return 0;
    }

    private sealed class FanoutRun(ServerProcess server, int receivers, int senders) : IDisposable
    {
        private readonly List<Receiver> _receivers = [];
        private readonly SocketsHttpHandler _handler = new();
        private readonly string _token = server.CreateToken();
        private Delays _delays = new();
        private long _delivered;
        private long _sent;

        public async Task WarmUpAsync(int messages)
        {
            for (var i = 0; i < receivers; i++)
            {
                var receiver = await Receiver.ConnectAsync(server.Client);
                _receivers.Add(receiver);
                _ = receiver.RunAsync(FrameLength, OnFrames);
            }

            // The last handshakes may still be on their way into the group.
            using var http = new HttpClient(_handler, disposeHandler: false);
            while (true)
            {
                _delivered = 0;
                await PostAsync(http);
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
                if (Interlocked.Read(ref _delivered) == receivers)
                {
                    break;
                }
            }

            await SendAllAsync(messages);
        }

        public async Task<string> MeasureAsync(int messages)
        {
            _delays = new();
            var started = TimeProvider.System.GetTimestamp();
            await SendAllAsync(messages);
            var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            return $"{(double)messages * receivers / seconds,12:N0} deliveries/s   p50 {_delays.Percentile(50):F2} ms   p99 {_delays.Percentile(99):F2} ms";
        }

        public void Dispose()
        {
            _receivers.ForEach(receiver => receiver.Dispose());
            _handler.Dispose();
        }

        private async Task SendAllAsync(int messages)
        {
            _delivered = _sent = 0;
            await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(() => SendAsync(messages))));
            while (Interlocked.Read(ref _delivered) < (long)messages * receivers)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }
        }

        private async Task SendAsync(int messages)
        {
            using var http = new HttpClient(_handler, disposeHandler: false);
            while (true)
            {
                var number = Interlocked.Increment(ref _sent);
                if (number > messages)
                {
                    return;
                }

                while (((number - Window) * receivers) > Interlocked.Read(ref _delivered))
                {
                    await Task.Yield();
                }

                await PostAsync(http);
            }
        }

        private async Task PostAsync(HttpClient http)
        {
            var payload = new byte[PayloadLength];
            payload.AsSpan().Fill((byte)'x');
            Utf8Formatter.TryFormat(TimeProvider.System.GetTimestamp(), payload, out _, new('D', TimestampLength));
            using var request = new HttpRequestMessage(HttpMethod.Post, server.Send) { Content = new ByteArrayContent(payload) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_token}");
            using var response = await http.SendAsync(request);
            response.EnsureSuccessStatusCode();
        }

        private void OnFrames(ReadOnlyMemory<byte> frames)
        {
            var now = TimeProvider.System.GetTimestamp();
            var span = frames.Span;
            for (var at = 0; at < span.Length; at += FrameLength)
            {
                if (Utf8Parser.TryParse(span.Slice(at + 2, TimestampLength), out long sent, out _))
                {
                    _delays.Add(TimeProvider.System.GetElapsedTime(sent, now));
                }
            }

            Interlocked.Add(ref _delivered, frames.Length / FrameLength);
        }
    }
}
