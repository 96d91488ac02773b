using ServerlessChat.Bench.Processes;

namespace ServerlessChat.Bench.Load;

/// <summary>User and system time of whole processes.</summary>
/// <param name="Emulator">Zero without sockets.</param>
internal sealed record CpuTimes(TimeSpan App, TimeSpan Emulator, TimeSpan Storage, TimeSpan Load)
{
    public static CpuTimes operator -(CpuTimes later, CpuTimes earlier) =>
        new(later.App - earlier.App, later.Emulator - earlier.Emulator, later.Storage - earlier.Storage, later.Load - earlier.Load);

    public static CpuTimes Read(FunctionApp app, Storage storage, EmulatorProcess? emulator = null) =>
        new(app.Process.CpuTime, emulator?.Process.CpuTime ?? TimeSpan.Zero, storage.Process.CpuTime, Environment.CpuUsage.TotalTime);
}
