using System.Diagnostics.Metrics;
using System.Globalization;
using Dunnhumby.Contracts.Messaging;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Dunnhumby.Catalog.Outbox;

/// <summary>Tells what waits in the outbox, whichever process wrote it, and measures it.</summary>
public sealed class OutboxReader : IDisposable
{
    private const string Unsent = "where sent_at is null";

    private readonly NpgsqlDataSource _database;
    private readonly Meter _meter;
    private OutboxState? _last;

    public OutboxReader(NpgsqlDataSource database, IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        _database = database;
        _meter = meters.Create("Dunnhumby.Outbox");
        _meter.CreateObservableGauge("dunnhumby.outbox.unsent", () => Observe(state => state.Unsent), "{message}", "Messages that wait to be sent.");
        _meter.CreateObservableGauge("dunnhumby.outbox.age", () => Observe(state => state.OldestAge.TotalSeconds), "s", "How long the oldest message has waited.");
    }

    /// <summary>Reads the state now; what is measured is the state last read.</summary>
    public async Task<OutboxState> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            $"""
            select count(*)::int, min(created_at), coalesce(max(attempts), 0), clock_timestamp(),
                (select last_error from catalog.outbox {Unsent} and last_error is not null order by attempts desc, sequence limit 1)
            from catalog.outbox
            {Unsent}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var state = new OutboxState(
            reader.GetInt32(0),
            await reader.IsDBNullAsync(1, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(1),
            reader.GetInt32(2),
            await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetString(4),
            reader.GetFieldValue<DateTimeOffset>(3));
        Volatile.Write(ref _last, state);
        return state;
    }

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<T>> Observe<T>(Func<OutboxState, T> figure)
        where T : struct => Volatile.Read(ref _last) is { } state ? [new Measurement<T>(figure(state))] : [];
}

/// <summary>Degraded while a message has waited longer than it should: loads continue; their announcements come later.</summary>
internal sealed class OutboxHealthCheck(OutboxReader outbox) : IHealthCheck
{
    /// <summary>A healthy dispatcher and broker need a second or two.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var state = await outbox.ReadAsync(cancellationToken);
            var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["unsent"] = state.Unsent, ["oldestAgeSeconds"] = Math.Round(state.OldestAge.TotalSeconds, 1) };
            return state.OldestAge < Patience
                ? HealthCheckResult.Healthy(data: data)
                : HealthCheckResult.Degraded(string.Create(CultureInfo.InvariantCulture, $"{state.Unsent} messages are unsent, the oldest for {state.OldestAge.TotalSeconds:F0} s."), exception: null, data);
        }
        catch (NpgsqlException unreachable)
        {
            return HealthCheckResult.Degraded("The outbox cannot be read.", unreachable);
        }
    }
}
