using Dunnhumby.Ingestion.Service.Doors;
using Microsoft.Extensions.Time.Testing;

namespace Dunnhumby.Ingestion.Service.Tests.Doors;

public sealed class StableFilesTests : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dunnhumby-stable-");
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Among_FileThatGrows_WaitsUntilItIsQuiet()
    {
        var files = new StableFiles(Quiet, _time);
        Write("a.csv", "1");
        Look(files).ShouldBeEmpty();

        _time.Advance(TimeSpan.FromSeconds(4));
        Write("a.csv", "12");
        _time.Advance(TimeSpan.FromSeconds(2));
        Look(files).ShouldBeEmpty();

        _time.Advance(TimeSpan.FromSeconds(4));
        Look(files).ShouldBeEmpty();
        _time.Advance(TimeSpan.FromSeconds(1));
        Look(files).ShouldBe(["a.csv"]);
    }

    [Fact]
    public void Among_FileThatCameBack_BeginsAnew()
    {
        var files = new StableFiles(Quiet, _time);
        Write("a.csv", "1");
        Look(files);
        File.Delete(Path.Combine(_folder.FullName, "a.csv"));
        Look(files);
        _time.Advance(Quiet);
        Write("a.csv", "1");

        Look(files).ShouldBeEmpty();
        _time.Advance(Quiet);
        Look(files).ShouldBe(["a.csv"]);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder.FullName, name), content);

    private List<string> Look(StableFiles files) => files.Among(_folder.EnumerateFiles()).ConvertAll(file => file.Name);
}
