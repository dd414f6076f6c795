using System.Runtime.Versioning;

namespace Dunnhumby.Transform.Worker.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class SpillDirectoryTests
{
    [Fact]
    public void PostConfigure_WithoutAPlace_MakesOneThatNobodyElseKnowsOrEnters()
    {
        using var first = new SpillDirectory();
        using var second = new SpillDirectory();
        var (one, other) = (new TransformOptions(), new TransformOptions());

        first.PostConfigure(name: null, one);
        second.PostConfigure(name: null, other);

        string.Equals(one.TempDirectory, other.TempDirectory, StringComparison.Ordinal).ShouldBeFalse();
        File.GetUnixFileMode(one.TempDirectory).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        first.Dispose();
        Directory.Exists(one.TempDirectory).ShouldBeFalse();
    }

    [Fact]
    public void PostConfigure_WithAPlace_KeepsItAndMakesItForThisAccount()
    {
        using var spill = new SpillDirectory();
        var parent = Directory.CreateTempSubdirectory("dunnhumby-spill-");
        var options = new TransformOptions { TempDirectory = Path.Combine(parent.FullName, "spill") };

        spill.PostConfigure(name: null, options);

        File.GetUnixFileMode(options.TempDirectory).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        parent.Delete(recursive: true);
    }
}
