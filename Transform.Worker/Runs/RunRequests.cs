using System.Diagnostics;
using Dunnhumby.Catalog;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>Asks for runs. While a run is pending, further requests join it: whatever they announce is committed before that run reads its inputs.</summary>
internal sealed partial class RunRequests(NpgsqlDataSource database, RunSignal signal, ILogger<RunRequests> logger)
{
    /// <summary>The reason of a run that somebody asked for: it computes and publishes every table, even if nothing has changed.</summary>
    internal const string Rebuild = "rebuild, asked for by hand";

    /// <summary>The same without the tables on a schedule.</summary>
    internal const string RebuildUnscheduled = "rebuild without tables on schedule, asked for by hand";

    /// <summary>The reason of a run that somebody asked for to make some models whole; what it makes besides is what changed.</summary>
    internal const string Models = "models, asked for by hand";

    /// <summary>The reason of a run that makes tables on a schedule for the first time, or for the first time by a new build.</summary>
    internal const string Unmade = "tables on schedule, for the first time";

    /// <summary>The reason of a run that makes tables on a schedule because a data set that they read has come.</summary>
    internal const string NewDataset = "tables on schedule, with the first rows of a data set";

    /// <summary>Asks for a run in a transaction of its own.</summary>
    internal async Task RequestAsync(string reason, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await RequestAsync(connection, reason, cancellationToken);
        signal.Raise();
    }

    /// <summary>Asks for a run, in a transaction of its own, that makes some models whole besides what changed.</summary>
    internal async Task RequestAsync(string reason, IReadOnlyCollection<string> models, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await RequestAsync(connection, reason, by: null, cancellationToken, [.. models]);
        signal.Raise();
    }

    /// <summary>Asks for a run for each reason, as <see cref="RequestAsync(string, IReadOnlyCollection{string}, CancellationToken)"/> does; they join into one.</summary>
    internal async Task RequestAsync(IEnumerable<(string Reason, IReadOnlyList<string> Models)> asked, CancellationToken cancellationToken)
    {
        foreach (var (reason, models) in asked)
        {
            await RequestAsync(reason, models, cancellationToken);
        }
    }

    /// <summary>Asks for a run that computes everything, on request of a person or program.</summary>
    /// <param name="scheduled">Whether the tables on a schedule are made, too.</param>
    /// <returns>The run's id.</returns>
    internal async Task<long> RebuildAsync(string by, CancellationToken cancellationToken, bool scheduled = true)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var run = await RequestAsync(connection, scheduled ? Rebuild : RebuildUnscheduled, by, cancellationToken);
        Log.Requested(logger, run, by);
        signal.Raise();
        return run;
    }

    /// <summary>Asks for a run that makes models whole, on request of a person or program.</summary>
    /// <returns>The run's id.</returns>
    internal async Task<long> RemakeAsync(IReadOnlyCollection<string> models, string by, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var run = await RequestAsync(connection, Models, by, cancellationToken, [.. models]);
        Log.ModelsRequested(logger, run, string.Join(", ", models), by);
        signal.Raise();
        return run;
    }

    /// <summary>Asks for a run and remembers the message that asked, in one transaction.</summary>
    /// <returns>False when the message had its effect before.</returns>
    internal static async Task<bool> RequestOnceAsync(
        NpgsqlDataSource database,
        Guid messageId,
        string consumer,
        string reason,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var inbox = new NpgsqlCommand(
            "insert into catalog.inbox (message_id, consumer, received_at) values ($1, $2, $3) on conflict do nothing",
            connection);
        inbox.Parameters.AddWithValue(messageId);
        inbox.Parameters.AddWithValue(consumer);
        inbox.Parameters.AddWithValue(now);
        if (await inbox.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            return false;
        }

        await RequestAsync(connection, reason, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Asks for a run in the connection's current transaction; the caller raises the signal after its commit.</summary>
    internal static Task RequestAsync(NpgsqlConnection connection, string reason, CancellationToken cancellationToken) =>
        RequestAsync(connection, reason, by: null, cancellationToken);

    /// <summary>Wakes the run loop after the caller's transaction.</summary>
    internal void Wake() => signal.Raise();

    /// <summary>Asks for a run, for somebody or nobody, in the connection's current transaction.</summary>
    /// <returns>The run's id.</returns>
    internal static async Task<long> RequestAsync(NpgsqlConnection connection, string reason, string? by, CancellationToken cancellationToken, params string[] models)
    {
        using var activity = TransformTelemetry.Activities.StartActivity("request run");

        // A retry that waits for its time starts at once with the new request, and with a full number of attempts. A rebuild makes all models there are.
        await using var command = new NpgsqlCommand(
            """
            insert into catalog.runs (state, reason, requested_at, last_requested_at, fence, attempt, trace_parent, requested_by, models)
            values ('pending', $1, clock_timestamp(), clock_timestamp(), 0, 1, $2, $4, $5)
            on conflict (state) where state in ('pending', 'running')
            do update set last_requested_at = excluded.last_requested_at, attempt = excluded.attempt, not_before = null,
                reason = case when excluded.reason = $3 or (excluded.reason = $6 and runs.reason <> $3) then excluded.reason else runs.reason end,
                models = case when $3 in (excluded.reason, runs.reason) then '{}' else array(select distinct unnest(runs.models || excluded.models) order by 1) end,
                requested_by = coalesce(excluded.requested_by, runs.requested_by)
            returning id, trace_parent
            """,
            connection);
        command.Parameters.AddWithValue(reason);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)Activity.Current?.Id ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.AddWithValue(Rebuild);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)by ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.AddWithValue(models);
        command.Parameters.AddWithValue(RebuildUnscheduled);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var run = reader.GetInt64(0);
        Trace(activity, run, await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetString(1));
        return run;
    }

    /// <summary>A request that joined a pending run leads to that run's trace; the first one is that trace.</summary>
    private static void Trace(Activity? activity, long runId, string? traceParent)
    {
        activity?.SetTag("dunnhumby.run.id", runId);
        if (activity is not null && ActivityContext.TryParse(traceParent, traceState: null, out var run) && run.TraceId != activity.TraceId)
        {
            activity.AddLink(new ActivityLink(run));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Run {RunId} recomputes every table, requested by {By}")]
        public static partial void Requested(ILogger logger, long runId, string by);

        [LoggerMessage(LogLevel.Information, "Run {RunId} makes {Models} whole, requested by {By}")]
        public static partial void ModelsRequested(ILogger logger, long runId, string models, string by);
    }
}

/// <summary>Wakes the run loop when a run was asked for.</summary>
internal sealed class RunSignal : WakeUp;
