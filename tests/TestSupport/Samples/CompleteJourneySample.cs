namespace Dunnhumby.TestSupport.Samples;

/// <summary>
/// The sample of real rows in the original layout: eight <c>*.csv.gz</c> files. It is not part of the repository; tests that need it are skipped
/// without it. Looked for in <c>COMPLETE_JOURNEY_SAMPLE</c>, then in <c>../shared/data/complete-journey-sample</c> beside the repository.
/// </summary>
public static class CompleteJourneySample
{
    /// <summary>Say this when a test is skipped.</summary>
    public const string Missing = "The real sample is not here: set COMPLETE_JOURNEY_SAMPLE to the folder of its eight .csv.gz files.";

    /// <summary>The folder, or null when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Whether the sample can be used.</summary>
    public static bool Exists => Folder is not null;

    /// <summary>The gzipped file of a data set.</summary>
    /// <exception cref="InvalidOperationException">The sample is not here.</exception>
    public static string FileOf(string dataset) => Path.Combine(Folder ?? throw new InvalidOperationException(Missing), dataset + ".csv.gz");

    private static string? Find()
    {
        var folder = Environment.GetEnvironmentVariable("COMPLETE_JOURNEY_SAMPLE")
            ?? Path.Combine(Repository.Root, "..", "shared", "data", "complete-journey-sample");
        return File.Exists(Path.Combine(folder, "transaction_data.csv.gz")) ? Path.GetFullPath(folder) : null;
    }
}
