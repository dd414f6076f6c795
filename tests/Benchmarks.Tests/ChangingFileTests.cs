using Dunnhumby.Benchmarks.Journeys;

namespace Dunnhumby.Benchmarks.Tests;

public sealed class ChangingFileTests
{
    [Fact]
    public void Change_EachRun_GivesOtherBytesOfTheSameRows()
    {
        var folder = Directory.CreateTempSubdirectory("dunnhumby-changing-");
        try
        {
            var source = Path.Combine(folder.FullName, "source.csv");
            File.WriteAllText(source, "a,b\n1,2\n33,4\n5,666\n7,8\n");
            using var file = ChangingFile.CopyOf(source, folder.CreateSubdirectory("copy").FullName);
            HashSet<string> contents = [File.ReadAllText(source)];
            for (var run = 0; run < 3; run++)
            {
                file.Change(run);
                var text = File.ReadAllText(file.Path);
                contents.Add(text).ShouldBeTrue($"run {run} repeats a content");
                text.Split('\n')[0].ShouldBe("a,b");
                text.Split('\n').Order(StringComparer.Ordinal).ShouldBe(File.ReadAllText(source).Split('\n').Order(StringComparer.Ordinal));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
