using Npgsql;

namespace Dunnhumby.Catalog;

/// <summary>Distinguishes a database that is unavailable from one that refuses a statement.</summary>
public static class DatabaseOutage
{
    /// <summary>
    /// Whether the exception, or one inside it, says that the server cannot be reached or cannot work now: shutting down, starting up, out of connections or of
    /// disk. EF Core wraps such failures once or twice. Other SQL states are bugs of ours.
    /// </summary>
    public static bool IsIn(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            PostgresException refused => refused.IsTransient || refused.SqlState.StartsWith("57", StringComparison.Ordinal),
            NpgsqlException => true,
            _ => exception.InnerException is { } inner && IsIn(inner),
        };
    }
}
