using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using OpenTelemetry;

namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>Takes, holds and ends runs. All times are the database's, so that workers' clocks need not agree.</summary>
internal sealed class RunLeases(NpgsqlDataSource database, IOptions<TransformOptions> options)
{
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>Takes an abandoned run over, or else the pending one when its gathering is over and no run is under way. Null when there is none.</summary>
    internal async Task<RunLease?> TakeAsync(CancellationToken cancellationToken)
    {
        using var untraced = SuppressInstrumentationScope.Begin(); // A look every second would bury all other traces.
        await using var command = database.CreateCommand(
            """
            update catalog.runs
            set state = 'running', lease_owner = $1, lease_until = clock_timestamp() + $2, fence = fence + 1,
                started_at = coalesce(started_at, clock_timestamp())
            where id = (
                select id
                from catalog.runs
                where (state = 'running' and lease_until < clock_timestamp())
                    or (state = 'pending'
                        and coalesce(not_before, least(last_requested_at + $3, requested_at + $4)) <= clock_timestamp()
                        and not exists (select from catalog.runs where state = 'running'))
                order by state desc
                limit 1
                for update skip locked)
            returning id, fence, attempt, reason, trace_parent
            """);
        command.Parameters.AddWithValue(_owner);
        command.Parameters.AddWithValue(options.Value.Lease);
        AddGathering(command);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken)
                ? new RunLease(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4))
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
            """
            select greatest(interval '10 milliseconds', coalesce(not_before, least(last_requested_at + $1, requested_at + $2)) - clock_timestamp())
            from catalog.runs
            where state = 'pending' and not exists (select from catalog.runs where state = 'running')
            """);
        AddGathering(command);
        return await command.ExecuteScalarAsync(cancellationToken) is TimeSpan due && due < longest ? due : longest;
    }

    /// <summary>Holds the run for another lease.</summary>
    /// <returns>False when another worker has taken it over.</returns>
    internal Task<bool> RenewAsync(RunLease lease, CancellationToken cancellationToken) =>
        UpdateAsync(lease, "lease_until = clock_timestamp() + $3", cancellationToken, options.Value.Lease);

    /// <summary>Gives the run back, for example when the process stops: the next worker that looks takes it over.</summary>
    internal Task<bool> ReleaseAsync(RunLease lease, CancellationToken cancellationToken) =>
        UpdateAsync(lease, "lease_until = clock_timestamp()", cancellationToken);

    /// <summary>Ends the run because there was nothing to do.</summary>
    internal Task<bool> EndUnchangedAsync(RunLease lease, CancellationToken cancellationToken) =>
        UpdateAsync(lease, "state = 'unchanged', finished_at = clock_timestamp(), lease_until = null", cancellationToken);

    /// <summary>Ends the run with an error; unless another run is pending anyway, it is tried again after a pause when <paramref name="retry"/> is set.</summary>
    internal async Task FailAsync(RunLease lease, string error, bool retry, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var fail = new NpgsqlCommand(
            """
            update catalog.runs
            set state = 'failed', error = $3, finished_at = clock_timestamp(), lease_until = null
            where id = $1 and fence = $2 and state = 'running'
            """,
            connection);
        AddHold(fail, lease);
        fail.Parameters.AddWithValue(error);
        if (await fail.ExecuteNonQueryAsync(cancellationToken) == 1 && retry && lease.Attempt < options.Value.MaxAttempts)
        {
            await using var again = new NpgsqlCommand(
                """
                insert into catalog.runs (state, reason, requested_at, last_requested_at, not_before, fence, attempt, trace_parent)
                values ('pending', $1, clock_timestamp(), clock_timestamp(), clock_timestamp() + $2, 0, $3, $4)
                on conflict (state) where state in ('pending', 'running') do nothing
                """,
                connection);
            again.Parameters.AddWithValue($"retry of run {lease.RunId}");
            again.Parameters.AddWithValue(options.Value.RetryDelay * lease.Attempt);
            again.Parameters.AddWithValue(lease.Attempt + 1);
            again.Parameters.Add(new NpgsqlParameter { Value = (object?)lease.TraceParent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            await again.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
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
