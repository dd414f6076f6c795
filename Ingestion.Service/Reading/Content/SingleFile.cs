namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>The one file of an archive that was sent as a file of one data set.</summary>
internal static class SingleFile
{
    /// <summary>The only file, or the only one that looks like data: its name does not matter.</summary>
    /// <exception cref="RejectedContentException">There is none, or there are several.</exception>
    internal static ArchiveEntry Of(Archive archive)
    {
        var data = archive.Entries.Where(entry => entry.LooksLikeData).ToList();
        return (archive.Entries, data) switch
        {
            (_, [var only]) => only,
            ([var only], _) => only,
            ([], _) => throw new RejectedContentException(new Rejection("empty-archive", "The archive is empty", "There is no file in it. Pack the CSV file.")),
            _ => throw new RejectedContentException(new Rejection(
                "several-files",
                "The archive holds several files",
                $"{archive.Entries.Count} files came where one is expected. Send an archive of several data sets to POST /loads.")),
        };
    }
}
