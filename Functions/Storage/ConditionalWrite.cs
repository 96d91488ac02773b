using Azure;

namespace ServerlessChat.Storage;

/// <summary>A write that is meant for a row as it was read, and for no other.</summary>
public static class ConditionalWrite
{
    /// <summary>Runs it. False: the row was changed or removed since it was read, by somebody whose write counts, and nothing was written.</summary>
    public static async Task<bool> TryAsync(Func<Task<Response>> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 404 or 412)
        {
            return false;
        }
    }
}
