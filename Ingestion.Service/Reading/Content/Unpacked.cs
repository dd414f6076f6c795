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
