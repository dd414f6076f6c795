namespace Dunnhumby.Ingestion.Service.Reading.Rows;

/// <summary>Why <see cref="RowLoader"/> stopped.</summary>
internal enum LoadStep
{
    /// <summary>It took all whole rows of the data.</summary>
    NeedsData,

    /// <summary>Its batch is full: it goes on with another one.</summary>
    BatchFull,
}
