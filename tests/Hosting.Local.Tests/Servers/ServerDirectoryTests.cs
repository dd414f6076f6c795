using Dunnhumby.Hosting.Local.Servers;

namespace Dunnhumby.Hosting.Local.Tests.Servers;

public sealed class ServerDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>Only root hands servers to other accounts.</summary>
    public static bool IsRoot => Environment.IsPrivilegedProcess;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task PrepareAsync_ReachablePlace_IsUsedAsItIs()
    {
        var wanted = Path.Combine(_directory.Path, "volumes", "data");

        (await ServerDirectory.PrepareAsync(wanted, ServerAccount.Choose("daemon"), Cancel)).ShouldBe(wanted);
        new DirectoryInfo(wanted).LinkTarget.ShouldBeNull();
        File.GetUnixFileMode(wanted).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact(SkipUnless = nameof(IsRoot), Skip = "Only root hands servers to accounts that cannot reach its directories.")]
    public async Task PrepareAsync_PlaceBelowAPrivateDirectory_LinksToAReachableOneAndStays()
    {
        File.SetUnixFileMode(_directory.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var wanted = Path.Combine(_directory.Path, "volumes", "data");
        var account = ServerAccount.Choose("daemon");

        var first = await ServerDirectory.PrepareAsync(wanted, account, Cancel);
        var second = await ServerDirectory.PrepareAsync(wanted, account, Cancel);

        try
        {
            first.ShouldStartWith("/var/lib/dunnhumby/");
            second.ShouldBe(first);
            new DirectoryInfo(wanted).LinkTarget.ShouldBe(first);
        }
        finally
        {
            ServerDirectory.Delete(first);
        }
    }
}
