using Dunnhumby.Lake.Files;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

/// <summary>The one file of an archive that was sent as a file of one data set, with what has to be closed after it.</summary>
internal sealed class Unpacked : IAsyncDisposable
{
    private readonly FileStream _spool;
    private readonly Archive _archive;

    private Unpacked(FileStream spool, Archive archive, Stream file, string name)
    {
        _spool = spool;
        _archive = archive;
        File = file;
        Name = name;
    }

    internal Stream File { get; }

    /// <summary>The file's name, without folders.</summary>
    internal string Name { get; }

    /// <summary>Opens the archive, which must hold exactly one file.</summary>
    internal static async Task<Result<Unpacked>> OpenAsync(Stream body, LakeLayout layout, IngestionOptions options, CancellationToken cancellationToken)
    {
        if ((await ArchiveSpool.SpoolAsync(body, layout, cancellationToken)).IsRefused(out var rejection, out var spool))
        {
            return rejection;
        }

        Archive? archive = null;
        Stream? file = null;
        try
        {
            if ((await Archive.OpenAsync(spool, options, cancellationToken)).IsRefused(out rejection, out archive)
                || OnlyFile(archive).IsRefused(out rejection, out var entry)
                || (await entry.OpenAsync(cancellationToken)).IsRefused(out rejection, out var content))
            {
                return rejection;
            }

            file = content;
            return new Unpacked(spool, archive, file, EntryNames.NameOf(entry.Path));
        }
        finally
        {
            if (file is null)
            {
                await (archive?.DisposeAsync() ?? ValueTask.CompletedTask);
                await spool.DisposeAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await File.DisposeAsync();
        await _archive.DisposeAsync();
        await _spool.DisposeAsync();
    }

    /// <summary>The only file, or the only one that looks like data: its name does not matter.</summary>
    private static Result<ArchiveEntry> OnlyFile(Archive archive)
    {
        var data = archive.Entries.Where(entry => entry.LooksLikeData).ToList();
        return (archive.Entries, data) switch
        {
            (_, [var only]) => only,
            ([var only], _) => only,
            ([], _) => new Rejection("empty-archive", "The archive is empty", "There is no file in it. Pack the CSV file."),
            _ => new Rejection(
                "several-files",
                "The archive holds several files",
                $"{archive.Entries.Count} files came where one is expected. Send an archive of several data sets to POST /loads."),
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
    internal static async Task<Result<FileStream>> SpoolAsync(Stream body, LakeLayout layout, CancellationToken cancellationToken)
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
        var isWhole = false;
        try
        {
            var buffer = new byte[CopyBytes];
            int read;
            while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                await spool.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            spool.Position = 0;
            isWhole = true;
            return spool;
        }
        catch (RejectedContentException refused)
        {
            return refused.Rejection;
        }
        finally
        {
            if (!isWhole)
            {
                await spool.DisposeAsync();
            }
        }
    }
}
