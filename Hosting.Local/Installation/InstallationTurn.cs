namespace Dunnhumby.Hosting.Local.Installation;

/// <summary>One installation at a time on a machine: several processes (test assemblies, AppHosts) may find the same package missing at once.</summary>
internal sealed class InstallationTurn : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly FileStream _lock;

    private InstallationTurn(FileStream @lock) => _lock = @lock;

    /// <summary>Waits for the turn; it ends with <see cref="Dispose"/> or with the process.</summary>
    public static async Task<InstallationTurn> TakeAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), "dunnhumby-installation.lock");
        while (true)
        {
            try
            {
                return new InstallationTurn(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                // Somebody else's turn.
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public void Dispose() => _lock.Dispose();
}
