using Dunnhumby.Catalog.Versions;
using Dunnhumby.Transform.Worker.Runs;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Publishing;

/// <summary>
/// Keeps a version that somebody went back to: no schedule, restart or late message replaces it. Its hold ends with a run, and there is one when loads came or went
/// since, or when somebody asks for it: by its release, for a rebuild or for a model.
/// </summary>
internal sealed partial class VersionHold(NpgsqlDataSource database, RunRequests requests, ILogger<VersionHold> logger)
{
    /// <summary>What readers had before stays known: somebody may go back again before the run that follows.</summary>
    private const string Release =
        """
        update insights.versions set held_since = null
        where version = (select max(version) from insights.versions) and held_since is not null
        returning version
        """;

    private const string Lapse =
        "update insights.versions set held_since = null, held_lake = null where version = (select max(version) from insights.versions) and held_lake is not null";

    /// <summary>Whether the current version is held and nothing has happened that ends it.</summary>
    /// <param name="run">A run that would replace it: one that was asked for by hand later may; null to ask whether any run would be in vain.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    internal async Task<bool> StandsAsync(long? run, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            select exists (
                select from insights.versions as held
                where held.version = (select max(version) from insights.versions)
                    and held.held_since is not null
                    and held.held_lake = {VersionEntity.LakeState}
                    and not exists (select from catalog.runs where id = $1 and (reason = any ($2) or cardinality(models) > 0) and last_requested_at > held.held_since))
            """);
        command.Parameters.Add(new NpgsqlParameter<long?> { TypedValue = run });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [RunRequests.Rebuild, RunRequests.RebuildUnscheduled] });
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Ends a hold that stands no more: a run found that the version is what is current.</summary>
    internal async Task LapseAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Lapse);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Ends the hold and asks for a run that computes what is current.</summary>
    /// <returns>The version that was held; null when none is.</returns>
    internal async Task<int?> ReleaseAsync(string by, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var release = new NpgsqlCommand(Release, connection);
        if (await release.ExecuteScalarAsync(cancellationToken) is not int version)
        {
            return null;
        }

        await RunRequests.RequestAsync(connection, $"release of version {version}", by, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Released(logger, version, by);
        requests.Wake();
        return version;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Version {Version} is held no longer: released by {By}")]
        public static partial void Released(ILogger logger, int version, string by);
    }
}
