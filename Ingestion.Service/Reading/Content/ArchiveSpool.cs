using Dunnhumby.Lake.Files;

namespace Dunnhumby.Ingestion.Service.Reading.Content;

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
