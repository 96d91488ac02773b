namespace ServerlessChat.Tests.Faults;

/// <summary>Stops a request in the middle.</summary>
internal static class HeldRequest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Lets something happen between a request's decision and its arrival at the storage: the first that matches waits for it.</summary>
    /// <param name="act">Sends the request through the proxy.</param>
    /// <param name="meanwhile">Must not need what is held.</param>
    public static async Task<ApiAnswer> HoldAsync(
        this TableProxy proxy, Func<TableRequest, bool> matches, Func<Task<ApiAnswer>> act, Func<Task> meanwhile)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Gate = request => matches(request) && arrived.TrySetResult() ? go.Task : Task.CompletedTask;
        try
        {
            Task<ApiAnswer> acting = act();
            await arrived.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
            await meanwhile();
            go.SetResult();
            return await acting;
        }
        finally
        {
            go.TrySetResult();
            proxy.Reset();
        }
    }

    /// <summary>A transaction of a table.</summary>
    public static Func<TableRequest, bool> BatchOf(string table) => request => request.Kind == TableRequestKind.Batch && request.Table == table;
}
