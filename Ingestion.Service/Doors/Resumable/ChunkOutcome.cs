namespace Dunnhumby.Ingestion.Service.Doors.Resumable;

/// <summary>What became of the bytes of one request.</summary>
internal enum ChunkOutcome
{
    /// <summary>They are on disk and count.</summary>
    Kept,

    /// <summary>They are not what the client sent: none counts.</summary>
    ChecksumMismatch,

    /// <summary>They are more than the upload was to have: none counts.</summary>
    TooMany,
}
