using Dunnhumby.Lake.Files;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>The one file of an archive, with what has to be closed after it.</summary>
internal sealed class Unpacked : IAsyncDisposable
{
    private readonly FileStream _spool;
    private readonly Archive _archive;

    private Unpacked(FileStream spool, Archive archive, Stream file)
    {
        _spool = spool;
        _archive = archive;
        File = file;
    }

    internal Stream File { get; }

    /// <exception cref="RejectedContentException">The archive is refused, or does not hold exactly one file.</exception>
    internal static async Task<Unpacked> OpenAsync(Stream body, LakeLayout layout, IngestionOptions options, CancellationToken cancellationToken)
    {
        var spool = await ArchiveSpool.SpoolAsync(body, layout, report: null, cancellationToken);
        Archive? archive = null;
        try
        {
            archive = await Archive.OpenAsync(spool, options, cancellationToken);
            return new Unpacked(spool, archive, await SingleFile.Of(archive).OpenAsync(cancellationToken));
        }
        catch
        {
            if (archive is not null)
            {
                await archive.DisposeAsync();
            }

            await spool.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await File.DisposeAsync();
        await _archive.DisposeAsync();
        await _spool.DisposeAsync();
    }
}

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

/// <summary>
/// An archive's directory is at its end: the archive is put down in the lake's staging directory before it is read, so that memory stays bounded whatever its
/// size. The file goes when it is closed.
/// </summary>
internal static class ArchiveSpool
{
    private const int CopyBytes = 128 * 1_024;

    /// <summary>A seekable copy of what is left of <paramref name="body"/>.</summary>
    /// <param name="report">Told the number of bytes so far.</param>
    internal static async Task<FileStream> SpoolAsync(Stream body, LakeLayout layout, Action<long>? report, CancellationToken cancellationToken)
    {
        var spool = new FileStream(
            Path.Combine(layout.Staging, Guid.CreateVersion7().ToString("N") + ".archive"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
                BufferSize = 0,
            }.ForThisAccount());
        try
        {
            var buffer = new byte[CopyBytes];
            int read;
            while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await spool.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                report?.Invoke(spool.Position);
            }

            spool.Position = 0;
            return spool;
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }
}
