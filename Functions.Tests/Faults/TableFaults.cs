namespace ServerlessChat.Tests.Faults;

/// <summary>Ready-made values of <see cref="TableProxy.Fault"/>. Each counts for itself, from when it is made.</summary>
public static class TableFaults
{
    /// <summary>Every n-th request.</summary>
    public static Func<TableRequest, FaultAction> Every(int n, FaultAction action) => Every(n, static _ => true, action);

    /// <summary>Every n-th of the requests that match.</summary>
    public static Func<TableRequest, FaultAction> Every(int n, Func<TableRequest, bool> matches, FaultAction action)
    {
        int count = 0;
        return request => matches(request) && Interlocked.Increment(ref count) % n == 0 ? action : FaultAction.None;
    }

    /// <summary>The next one that matches, and no other.</summary>
    public static Func<TableRequest, FaultAction> Once(Func<TableRequest, bool> matches, FaultAction action) => Nth(1, matches, action);

    /// <summary>The n-th that matches, and no other.</summary>
    public static Func<TableRequest, FaultAction> Nth(int n, Func<TableRequest, bool> matches, FaultAction action)
    {
        int count = 0;
        return request => matches(request) && Interlocked.Increment(ref count) == n ? action : FaultAction.None;
    }

    /// <summary>
    /// The n-th write and everything after it is refused: as if the app had died before it. A write that is retried is
    /// refused again, so the app sees a failure for good. A write that finds its table missing counts twice: create tables before.
    /// </summary>
    public static Func<TableRequest, FaultAction> CrashBeforeWrite(int n)
    {
        int count = 0;
        return request => (request.IsWrite ? Interlocked.Increment(ref count) : Volatile.Read(ref count)) >= n ? FaultAction.Refuse : FaultAction.None;
    }

    /// <summary>The first that says something.</summary>
    public static Func<TableRequest, FaultAction> Any(params Func<TableRequest, FaultAction>[] faults) =>
        request => faults.Select(fault => fault(request)).FirstOrDefault(static action => action != FaultAction.None);
}
