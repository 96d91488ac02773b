using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using ServerlessChat.Accounts;
using ServerlessChat.Blocks;
using ServerlessChat.Hosting;
using ServerlessChat.Inbox;
using ServerlessChat.Storage;

namespace ServerlessChat.Exporting;

/// <summary>All that is a person's own, as they ask for it.</summary>
public sealed partial class Export(
    TraceStore traces, ExportReader reader, BlockList blocks, IOptions<AccountOptions> options, TimeProvider time, ILogger<Export> logger)
{
    /// <summary>Exports at a time in this instance, whosever they are.</summary>
    private const int MaxAtATime = 8;

    private static readonly TimeSpan WhenBusy = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<AccountId, bool> _busy = new();

    /// <summary>One query. The rest is read while it is sent.</summary>
    /// <returns>401 when the account is gone.</returns>
    public async Task<Outcome<ExportAnswer>> OpenAsync(Caller caller, ExportCursor? after, CancellationToken cancellationToken)
    {
        Traces own = await traces.ReadAsync(Keys.User(caller.Username), cancellationToken);
        return own.Account is { } account && account.Id == caller.Id
            ? new ExportAnswer(this, caller, account, own, after)
            : ApiProblem.Of(Errors.NotSignedIn);
    }

    /// <summary>Sends it, for as long as one answer goes on. After an error its last line is missing, and the connection is cut. One at a time for each person in this instance: a log is read from end to end for it.</summary>
    internal async Task SendAsync(ExportAnswer export, HttpContext context)
    {
        if (_busy.Count >= MaxAtATime)
        {
            await ApiProblem.Of(Errors.Unavailable, "Many exports are under way.", WhenBusy).ExecuteAsync(context);
            return;
        }

        if (!_busy.TryAdd(export.Caller.Id, value: true))
        {
            await ApiProblem.Of(Errors.TooManyRequests, "An export of this account is under way.", WhenBusy).ExecuteAsync(context);
            return;
        }

        try
        {
            context.Response.ContentType = ExportAnswer.MediaType;
            context.Response.Headers.ContentDisposition = "attachment; filename=\"chat-export.ndjson\"";
            using var writer = new ExportWriter(context.Response.BodyWriter);
            await SendAsync(export, writer, context.RequestAborted);
        }
        catch (Exception failure) when (context.Response.HasStarted)
        {
            Log.CutOff(logger, failure, export.Caller.Id);
            context.Abort();
        }
        finally
        {
            _busy.TryRemove(export.Caller.Id, out _);
        }
    }

    private async Task SendAsync(ExportAnswer export, ExportWriter writer, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        if (export.After is null)
        {
            WriteAccount(export, writer, await blocks.ShowAsync(export.Caller, export.Own.Blocks, cancellationToken));
            await writer.FlushAsync(cancellationToken);
        }

        await foreach (ExportPart part in reader.ReadAsync(export.Caller, export.Own, export.After, cancellationToken))
        {
            writer.Write(part);
            if (time.GetElapsedTime(start) > options.Value.ExportTime)
            {
                writer.Write(new MoreLine(part.Cursor.ToString(), writer.Lines));
                return;
            }

            await writer.FlushAsync(cancellationToken);
        }

        writer.Write(new EndLine(writer.Lines));
    }

    private static void WriteAccount(ExportAnswer export, ExportWriter writer, IReadOnlyList<BlockRow> blocked)
    {
        AccountProfile account = export.Account;
        writer.Write(new ProfileLine(account.Username.Text, account.DisplayName, account.Bio, account.Language, account.CreatedAt));
        foreach ((DateTimeOffset createdAt, DateTimeOffset expiresAt) in export.Own.Sessions)
        {
            writer.Write(new SessionLine(createdAt, expiresAt));
        }

        foreach (BlockRow block in blocked)
        {
            writer.Write(new BlockLine(block.Other.Text, block.DisplayName, block.At));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The export of account {AccountId} was cut off.")]
        public static partial void CutOff(ILogger logger, Exception exception, AccountId accountId);
    }
}
