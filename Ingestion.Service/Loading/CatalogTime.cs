namespace Dunnhumby.Ingestion.Service.Loading;

internal static class CatalogTime
{
    /// <summary>Now, to the microsecond, as Postgres keeps it: the answer to an upload and every later one are the same.</summary>
    internal static DateTimeOffset GetCatalogNow(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
