using Npgsql;

namespace Dunnhumby.Insights.Api;

/// <summary>Statements that the server stops when they take too long, so that one question cannot hold a connection, which others wait for.</summary>
internal static class BoundedBatches
{
    /// <summary>A batch for statements that may take so long; <see cref="FirstResultAsync"/> gives the result of the first one.</summary>
    internal static NpgsqlBatch CreateBatch(this NpgsqlDataSource database, TimeSpan limit) => Bounded(database.CreateBatch(), limit);

    /// <summary>The same on a connection. It may be disposed of before its results are read, which one of the connection's own making may not.</summary>
    internal static NpgsqlBatch CreateBatch(this NpgsqlConnection connection, TimeSpan limit) => Bounded(new NpgsqlBatch(connection), limit);

    /// <exception cref="PostgresException">A statement took too long (query cancelled).</exception>
    internal static async Task<NpgsqlDataReader> FirstResultAsync(this NpgsqlBatch bounded, CancellationToken cancellationToken)
    {
        var reader = await bounded.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return reader;
    }

    /// <summary>Whether a statement was stopped for its length, and not since whoever asked has gone.</summary>
    internal static bool IsTooSlow(this PostgresException failure, CancellationToken cancellationToken) =>
        failure.SqlState is PostgresErrorCodes.QueryCanceled && !cancellationToken.IsCancellationRequested;

    /// <summary>The statements of a batch are one transaction, so the limit holds for those that follow and for no one else.</summary>
    private static NpgsqlBatch Bounded(NpgsqlBatch batch, TimeSpan limit)
    {
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select set_config('statement_timeout', $1, true)")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = $"{(int)limit.TotalMilliseconds}" } },
        });
        return batch;
    }
}
