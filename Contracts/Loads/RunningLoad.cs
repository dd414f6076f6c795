namespace Dunnhumby.Contracts.Loads;

/// <summary>An upload that is being read: what <c>GET /loads/{id}</c> answers until it ends.</summary>
/// <param name="Id">The id that the load will have. An upload that is refused, or whose content is known, leaves no load of this id.</param>
/// <param name="Dataset">One of <see cref="Datasets.DatasetNames.All"/>.</param>
/// <param name="State">Always <see cref="LoadStates.Running"/>.</param>
/// <param name="FileName">The file's name in its archive or as its sender calls it; null when it came without one.</param>
/// <param name="BatchId">The batch that the file came with; null when it came alone.</param>
/// <param name="ReceivedAt">When its reading began.</param>
/// <param name="Bytes">Bytes read so far, as they were sent (compressed where they were).</param>
/// <param name="TotalBytes">Bytes in all; null when the length was not declared.</param>
/// <param name="Read">Rows read so far.</param>
/// <param name="Quarantined">Of these, rows set aside.</param>
/// <param name="RowsPerSecond">Since the beginning.</param>
/// <param name="BytesPerSecond">Since the beginning.</param>
/// <param name="EstimatedEnd">When the last byte is read if it goes on like this; null when that cannot be told.</param>
/// <param name="SeenAt">When these figures were taken: up to a second or two ago when another replica reads the file.</param>
public sealed record RunningLoad(
    long Id,
    string Dataset,
    string State,
    string? FileName,
    long? BatchId,
    DateTimeOffset ReceivedAt,
    long Bytes,
    long? TotalBytes,
    long Read,
    long Quarantined,
    double RowsPerSecond,
    double BytesPerSecond,
    DateTimeOffset? EstimatedEnd,
    DateTimeOffset SeenAt);
