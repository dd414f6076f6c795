using System.Text.Json;
using Dunnhumby.SampleData.CommandLine;
using Dunnhumby.SampleData.Planning;
using Dunnhumby.SampleData.Truth;

namespace Dunnhumby.SampleData.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Parse_EveryOption_IsTaken()
    {
        string[] args = ["--out", "there", "--scale", "0.3", "--seed", "5", "--weeks", "20", "--days", "7..9", "--defects", "0.01", "--no-effects", "--threads", "3"];
        var (arguments, error) = GeneratorArguments.Parse(args);
        error.ShouldBeNull();
        arguments.ShouldNotBeNull();
        arguments.Out.ShouldBe("there");
        arguments.Options.ShouldBe(new JourneyOptions
        {
            Scale = 0.3,
            Seed = 5,
            Weeks = 20,
            Days = new DayRange(7, 9),
            DefectRate = 0.01,
            Effects = false,
            Parallelism = 3,
        });
    }

    [Theory]
    [InlineData("--out is missing.")]
    [InlineData("--what 1 is not understood.", "--out", "x", "--what", "1")]
    [InlineData("--scale one is not understood.", "--out", "x", "--scale", "one")]
    [InlineData("--days 3..b is not understood.", "--out", "x", "--days", "3..b")]
    [InlineData("--seed needs a value, or is unknown.", "--out", "x", "--seed")]
    [InlineData("--report and --compare go together.", "--out", "x", "--report", "y")]
    public void Parse_Misunderstood_SaysWhat(string expected, params string[] args) => GeneratorArguments.Parse(args).Error.ShouldBe(expected);

    [Fact]
    public async Task Run_SmallScale_WritesEightFilesAndTheirTruth()
    {
        var folder = Directory.CreateTempSubdirectory("journey-").FullName;
        try
        {
            var exit = await GeneratorCommand.RunAsync(["--out", folder, "--scale", "0.005", "--defects", "0.001"], TestContext.Current.CancellationToken);
            exit.ShouldBe(0);
            Directory.GetFiles(folder, "*.csv").Length.ShouldBe(8);
            var truth = JsonSerializer.Deserialize<TruthFile>(await File.ReadAllBytesAsync(Path.Combine(folder, "truth.json"), TestContext.Current.CancellationToken), TruthFile.Json);
            truth.ShouldNotBeNull();
            truth.Truth.Scale.ShouldBe(0.005);
            truth.Files.ShouldAllBe(file => new FileInfo(Path.Combine(folder, file.File)).Length == file.Bytes);
            truth.Files.Sum(file => file.Defects).ShouldBe(truth.Defects.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Run_OptionOutsideItsLimits_ExitsWith2() =>
        (await GeneratorCommand.RunAsync(["--out", "x", "--scale", "9"], TestContext.Current.CancellationToken)).ShouldBe(2);

    [Fact]
    public void ParseUpload_FromTheEnvironmentOfTheAppHost_NeedsNoOptions()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["services__ingestion__http__0"] = "http://localhost:5101",
            ["ApiKeys__ingest"] = "one, two",
            ["Samples__Scale"] = "0.05",
        };
        var (arguments, error) = UploadArguments.Parse([], variables.GetValueOrDefault);
        error.ShouldBeNull();
        arguments.ShouldBe(new UploadArguments(new Uri("http://localhost:5101/"), "one", new JourneyOptions { Scale = 0.05 }));
    }

    [Theory]
    [InlineData("Say where the ingestion service is: --url http://localhost:5101, or services__ingestion__http__0 in the environment.", "--key", "k")]
    [InlineData("Give the ingest key: --key, or ApiKeys__ingest in the environment.", "--url", "http://localhost")]
    [InlineData("--scale one is not understood.", "--scale", "one")]
    [InlineData("--out x is not understood.", "--out", "x")]
    [InlineData("--url needs a value, or is unknown.", "--url")]
    public void ParseUpload_Misunderstood_SaysWhat(string expected, params string[] args) => UploadArguments.Parse(args, _ => null).Error.ShouldBe(expected);
}
