using System.Diagnostics;
using System.Text.Json;
using Dunnhumby.Catalog.Runs;
using Dunnhumby.Contracts.Runs;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using OpenTelemetry;

namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>Takes, holds and ends runs. All times are the database's, so that workers' clocks need not agree.</summary>
internal sealed class RunLeases(NpgsqlDataSource database, IOptions<TransformOptions> options)
{
    /// <summary>
    /// When a pending run may start. At once, when it is not to be expected that more comes soon that would have to be computed again: no load is being read, and
    /// no long run of a short time ago had several requests, or has been overtaken by this one. Otherwise when requests have paused for the gathering window ($1),
    /// at the latest after the longest ($2).
    /// </summary>
    private const string Due =
        """
        coalesce(pending.not_before, case
            when not exists (select from catalog.running_loads where seen_at > clock_timestamp() - interval '3 seconds')
                and not exists (
                    select from catalog.runs as ended
                    where ended.finished_at > clock_timestamp() - $2 and ended.finished_at - ended.started_at > $1
                        and (ended.last_requested_at > ended.requested_at + interval '10 milliseconds' or pending.requested_at < ended.finished_at))
            then pending.last_requested_at
            else least(pending.last_requested_at + $1, pending.requested_at + $2) end)
        """;

    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>Takes an abandoned run over, or else the pending one when its gathering is over and no run is under way. Null when there is none.</summary>
    internal async Task<RunLease?> TakeAsync(CancellationToken cancellationToken)
    {
        using var untraced = SuppressInstrumentationScope.Begin(); // A look every second would bury all other traces.
        await using var command = database.CreateCommand(
            $"""
            update catalog.runs
            set state = 'running', lease_owner = $3, lease_until = clock_timestamp() + $4, fence = fence + 1,
                started_at = coalesce(started_at, clock_timestamp())
            where id = (
                select id
                from catalog.runs as pending
                where (state = 'running' and lease_until < clock_timestamp())
                    or (state = 'pending'
                        and {Due} <= clock_timestamp()
                        and not exists (select from catalog.runs where state = 'running'))
                order by state desc
                limit 1
                for update skip locked)
            returning id, fence, attempt, reason, trace_parent, models
            """);
        AddGathering(command);
        command.Parameters.AddWithValue(_owner);
        command.Parameters.AddWithValue(options.Value.Lease);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken)
                ? new RunLease(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4))
                {
                    Models = reader.GetFieldValue<string[]>(5).ToHashSet(StringComparer.Ordinal),
                }
                : null;
        }
        catch (PostgresException conflict) when (conflict.SqlState is PostgresErrorCodes.UniqueViolation)
        {
            return null; // Another worker took a run in the same moment.
        }
    }

    /// <summary>How long until the pending run may start, at most <paramref name="longest"/>.</summary>
    internal async Task<TimeSpan> UntilDueAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var untraced = SuppressInstrumentationScope.Begin();
        await using var command = database.CreateCommand(
            $"""
            select greatest(interval '10 milliseconds', {Due} - clock_timestamp())
            from catalog.runs as pending
            where state = 'pending' and not exists (select from catalog.runs where state = 'running')
            """);
        AddGathering(command);
        return await command.ExecuteScalarAsync(cancellationToken) is TimeSpan due && due < longest ? due : longest;
    }

    /// <summary>Holds the run for another lease.</summary>
    /// <returns>False when another worker has taken it over, or somebody has cancelled it.</returns>
    internal Task<bool> RenewAsync(RunLease lease, CancellationToken cancellationToken) =>
        UpdateAsync(lease, "lease_until = clock_timestamp() + $3", cancellationToken, options.Value.Lease);

    /// <summary>Gives the run back, for example when the process stops: the next worker that looks takes it over.</summary>
    internal Task<bool> ReleaseAsync(RunLease lease, CancellationToken cancellationToken) =>
        UpdateAsync(lease, "lease_until = clock_timestamp()", cancellationToken);

    /// <summary>
    /// Makes a run that lives and ends in the caller's transaction: until that ends, no other run starts. Nothing of it stays when the transaction fails.
    /// </summary>
    /// <returns>The run's id; null while another run is in progress.</returns>
    internal static async Task<long?> OccupyAsync(NpgsqlConnection connection, string reason, string by, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into catalog.runs (state, reason, requested_by, requested_at, last_requested_at, started_at, fence, attempt, trace_parent)
            values ('running', $1, $2, clock_timestamp(), clock_timestamp(), clock_timestamp(), 0, 1, $3)
            on conflict (state) where state in ('pending', 'running') do nothing
            returning id
            """,
            connection);
        command.Parameters.AddWithValue(reason);
        command.Parameters.AddWithValue(by);
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = Activity.Current?.Id });
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    /// <summary>Ends such a run with what it published.</summary>
    internal static async Task EndOccupiedAsync(NpgsqlConnection connection, long run, int version, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"update catalog.runs set state = '{RunStates.Published}', version = $2, finished_at = clock_timestamp() where id = $1", connection);
        command.Parameters.AddWithValue(run);
        command.Parameters.AddWithValue(version);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Ends a run that is pending or running, whoever works it: from then on its worker may not publish, and stops when it next renews its lease.
    /// </summary>
    /// <returns>The run's state before, or null when there is no such run.</returns>
    internal async Task<string?> CancelAsync(long run, string by, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            with former as (select id, state from catalog.runs where id = $1 for update), cancelled as (
                update catalog.runs
                set state = '{RunStates.Cancelled}', cancelled_by = $2, finished_at = clock_timestamp(), lease_until = null
                from former
                where runs.id = former.id and former.state in ('{RunStates.Pending}', '{RunStates.Running}'))
            select state from former
            """);
        command.Parameters.AddWithValue(run);
        command.Parameters.AddWithValue(by);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <summary>Whether the run that a worker lost was cancelled; otherwise another worker has taken it over.</summary>
    internal async Task<bool> IsCancelledAsync(RunLease lease, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"select state = '{RunStates.Cancelled}' from catalog.runs where id = $1");
        command.Parameters.AddWithValue(lease.RunId);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Ends the run because there was nothing to do.</summary>
    internal Task<bool> EndUnchangedAsync(RunLease lease, CancellationToken cancellationToken) =>
        UpdateAsync(lease, "state = 'unchanged', finished_at = clock_timestamp(), lease_until = null", cancellationToken);

    /// <summary>Ends the run because what it made is what readers have.</summary>
    /// <param name="steps">What was done for each model.</param>
    /// <exception cref="RunFencedException">Another worker has taken the run over, or somebody has cancelled it.</exception>
    internal async Task EndUnchangedAsync(RunLease lease, IReadOnlyList<RunStep> steps, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await EndAsync(lease, RunStates.Unchanged, version: null, failure: null, steps, connection, cancellationToken))
        {
            throw new RunFencedException(lease);
        }
    }

    /// <summary>Ends the run in the caller's transaction, together with what it publishes.</summary>
    /// <param name="version">Null when nothing is published.</param>
    /// <param name="failure">Null when no table failed.</param>
    /// <param name="steps">What was done for each model.</param>
    /// <param name="connection">With the caller's transaction.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <exception cref="RunFencedException">Another worker has taken the run over.</exception>
    internal async Task EndAsync(RunLease lease, int? version, RunFailure? failure, IReadOnlyList<RunStep> steps, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var state = failure is null ? RunStates.Published : RunStates.Partial;
        if (!await EndAsync(lease, state, version, failure, steps, connection, cancellationToken))
        {
            throw new RunFencedException(lease);
        }
    }

    /// <summary>Ends the run because it failed as a whole.</summary>
    internal Task FailAsync(RunLease lease, RunFailure failure, CancellationToken cancellationToken) =>
        EndAsync(lease, RunStates.Failed, failure, cancellationToken);

    /// <summary>Ends the run because tables failed and it has nothing new to publish.</summary>
    /// <param name="isPublished">Whether readers have a version that says so already.</param>
    internal Task EndInVainAsync(RunLease lease, RunFailure failure, bool isPublished, CancellationToken cancellationToken) =>
        EndAsync(lease, isPublished ? RunStates.Partial : RunStates.Failed, failure, cancellationToken);

    private async Task EndAsync(RunLease lease, string state, RunFailure failure, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await EndAsync(lease, state, version: null, failure, [], connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Ends the run; a failure that may pass is retried after a pause, unless another run is pending.</summary>
    /// <returns>False when another worker has taken the run over.</returns>
    private async Task<bool> EndAsync(
        RunLease lease,
        string state,
        int? version,
        RunFailure? failure,
        IReadOnlyList<RunStep> steps,
        NpgsqlConnection connection,
        CancellationToken cancellationToken)
    {
        await using var end = new NpgsqlCommand(
            """
            update catalog.runs
            set state = $3, version = $4, error = $5, engine_text = $6, failed_tables = $7,
                suspected_loads = coalesce($8, array(
                    select load.id
                    from catalog.loads as load
                    where load.state = 'completed' and not exists (
                        select from insights.version_loads as covered
                        where covered.load_id = load.id and covered.version = (select max(version) from insights.versions))
                    order by load.id)),
                finished_at = clock_timestamp(), lease_until = null, steps = $9
            where id = $1 and fence = $2 and state = 'running'
            """,
            connection);
        AddHold(end, lease);
        end.Parameters.AddWithValue(state);
        end.Parameters.Add(new NpgsqlParameter { Value = (object?)version ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        end.Parameters.Add(new NpgsqlParameter { Value = (object?)failure?.Reason ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        end.Parameters.Add(new NpgsqlParameter { Value = (object?)failure?.EngineText ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        end.Parameters.AddWithValue(failure?.Tables ?? []);
        end.Parameters.Add(new NpgsqlParameter
        {
            Value = failure is null ? Array.Empty<long>() : (object?)failure.SuspectedLoads ?? DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        });
        end.Parameters.Add(new NpgsqlParameter
        {
            Value = steps.Count == 0 ? DBNull.Value : JsonSerializer.Serialize(steps, JsonSerializerOptions.Web),
            NpgsqlDbType = NpgsqlDbType.Jsonb,
        });
        if (await end.ExecuteNonQueryAsync(cancellationToken) != 1)
        {
            return false;
        }

        if (failure is { IsLasting: false } && lease.Attempt < options.Value.MaxAttempts)
        {
            await using var again = new NpgsqlCommand(
                """
                insert into catalog.runs (state, reason, requested_at, last_requested_at, not_before, fence, attempt, trace_parent, models)
                values ('pending', $1, clock_timestamp(), clock_timestamp(), clock_timestamp() + $2, 0, $3, $4, $5)
                on conflict (state) where state in ('pending', 'running')
                do update set
                    reason = case when excluded.reason = $6 or (excluded.reason = $7 and runs.reason <> $6) then excluded.reason else runs.reason end,
                    models = case when $6 in (excluded.reason, runs.reason) then '{}' else array(select distinct unnest(runs.models || excluded.models) order by 1) end
                """,
                connection);
            // The reason of a rebuild is what makes it one.
            again.Parameters.AddWithValue(lease.Reason is RunRequests.Rebuild or RunRequests.RebuildUnscheduled ? lease.Reason : $"retry of run {lease.RunId}");
            again.Parameters.AddWithValue(options.Value.RetryDelay * lease.Attempt);
            again.Parameters.AddWithValue(lease.Attempt + 1);
            again.Parameters.Add(new NpgsqlParameter { Value = (object?)lease.TraceParent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            again.Parameters.AddWithValue(lease.Models.ToArray());
            again.Parameters.AddWithValue(RunRequests.Rebuild);
            again.Parameters.AddWithValue(RunRequests.RebuildUnscheduled);
            await again.ExecuteNonQueryAsync(cancellationToken);
        }

        return true;
    }

    private async Task<bool> UpdateAsync(RunLease lease, string assignments, CancellationToken cancellationToken, TimeSpan? third = null)
    {
        await using var command = database.CreateCommand($"update catalog.runs set {assignments} where id = $1 and fence = $2 and state = 'running'");
        AddHold(command, lease);
        if (third is { } value)
        {
            command.Parameters.AddWithValue(value);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static void AddHold(NpgsqlCommand command, RunLease lease)
    {
        command.Parameters.AddWithValue(lease.RunId);
        command.Parameters.AddWithValue(lease.Fence);
    }

    private void AddGathering(NpgsqlCommand command)
    {
        command.Parameters.AddWithValue(options.Value.GatherWindow);
        command.Parameters.AddWithValue(options.Value.MaxGather);
    }
}

/// <summary>A worker's hold of a run.</summary>
/// <param name="Fence">Grows with every hold of the run: only the newest may change it or publish.</param>
/// <param name="Attempt">1, and one more for each retry.</param>
/// <param name="TraceParent">The trace of the run's first request; null when it was not traced.</param>
internal sealed record RunLease(long RunId, long Fence, int Attempt, string Reason, string? TraceParent)
{
    /// <summary>The models that somebody asked for: they are made whole, even if no input changed.</summary>
    internal IReadOnlySet<string> Models { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}

/// <summary>Another worker has taken the run over, or somebody has cancelled it: nothing that this one computed may be published.</summary>
internal sealed class RunFencedException(RunLease lease) : Exception($"Run {lease.RunId} was taken over by another worker or cancelled (our fence {lease.Fence}).");
