namespace Dunnhumby.Hosting.Local.Servers;

/// <summary>How a Postgres server is brought down; the names are those of <c>pg_ctl stop -m</c>.</summary>
public enum PostgresStopMode
{
    /// <summary>Sessions are ended, transactions rolled back, data flushed. The normal way.</summary>
    Fast,

    /// <summary>Everything stops at once without a checkpoint; the next start recovers from the log.</summary>
    Immediate,
}
