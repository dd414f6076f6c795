using System.Net.Sockets;
using Npgsql;

namespace Dunnhumby.Insights.Api.Problems;

internal static class DatabaseOutage
{
    /// <summary>Whether the failure comes from the database at all.</summary>
    internal static bool Concerns(Exception failure) => failure is NpgsqlException or SocketException;

    /// <summary>Whether it is about reaching the database, so that the same request may work later: not an answer that the server gave to a statement.</summary>
    internal static bool Is(Exception failure) => failure switch
    {
        // 08 connection, 53 out of resources, 57P operator intervention (shutting down, starting up).
        PostgresException answer => answer.SqlState[..2] is "08" or "53" || answer.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException or SocketException => true,
        _ => false,
    };
}
