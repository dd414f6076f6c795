using System.Diagnostics;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Reading;
using Dunnhumby.Ingestion.Service.Reading.Content;
using Dunnhumby.Ingestion.Service.Reading.Rows;
using Dunnhumby.Lake.Catalog;
using Dunnhumby.Lake.Files;

namespace Dunnhumby.Ingestion.Service.Loading;

/// <summary>
/// A file that is read and written aside, to be committed as a load. Disposing removes whatever was not committed.
/// </summary>
internal sealed class StagedLoad(Upload upload, long id, LakeLayout layout, ActivitySource activities, IngestionOptions options) : IAsyncDisposable
{
    /// <summary>The load's id, fixed before the first byte was read.</summary>
    internal long Id { get; } = id;

    internal Upload Upload { get; } = upload;

    internal QuarantineSpool Quarantine { get; } = new(layout, options.MaxQuarantinedRows);

    internal BatchWriter Writer { get; } = new(upload.Table, layout, activities);

    /// <summary>The written file; null when there was no row.</summary>
    internal StagedFile? File => Writer.File;

    /// <summary>The load as it will be in the catalog, once the file was read.</summary>
    internal LoadEntity? Entity { get; set; }

    /// <summary>Whether too many rows were quarantined: nothing is loaded, the load is kept for its quarantine.</summary>
    internal bool Fails => Entity?.State is LoadStates.Failed;

    /// <summary>How many of the quarantined rows are stored.</summary>
    internal long KeptRows => Fails ? options.KeptRowsOfFailedLoad : Quarantine.Count;

    public async ValueTask DisposeAsync()
    {
        Quarantine.Dispose();
        await Writer.DisposeAsync();
    }
}
