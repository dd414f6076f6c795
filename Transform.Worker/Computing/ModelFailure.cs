using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>Why a table cannot be published.</summary>
/// <param name="Origin">The model or data set that failed: the table itself, or what it is made from.</param>
/// <param name="Reason">Whole sentences for an analyst.</param>
/// <param name="EngineText">What the engine or the test said, for an engineer.</param>
/// <param name="IsLasting">The same inputs would fail again: trying again is in vain.</param>
internal sealed record ModelFailure(string Origin, string Reason, string EngineText, bool IsLasting)
{
    private const string NoRoom = "The computation needs more room for temporary files than there is on the disk of Transform:TempDirectory.";

    /// <summary>What an error's text has; the first that fits says the reason.</summary>
    private static readonly (string Mark, string Reason, bool IsLasting)[] EngineErrors =
    [
        ("max_temp_directory_size", NoRoom, false),
        ("No space left on device", NoRoom, false),
        ("Out of Range Error", "A number in the data, or a sum of them, is too large to be computed with.", true),
        ("Conversion Error", "A value in the data, or a sum of values, does not fit into the table's column.", true),
        ("Out of Memory Error", "The computation needs more memory than the service may use (Transform:MemoryLimit).", false),
        ("IO Error", "A file of the lake cannot be read.", false),
        ("Invalid Input Error", "A file of the lake cannot be read, or a value in it is not usable.", false),
    ];

    /// <summary>The engine could not do it.</summary>
    internal static ModelFailure OfEngine(string origin, Exception failure)
    {
        var (reason, isLasting) = EngineErrors
            .Where(known => failure.Message.Contains(known.Mark, StringComparison.Ordinal))
            .Select(known => (known.Reason, known.IsLasting))
            .FirstOrDefault(("The computation ended with an error.", false));
        return new ModelFailure(origin, reason, $"{origin}: {failure.Message}", isLasting);
    }

    /// <summary>The table was computed, and a test found that it is wrong.</summary>
    internal static ModelFailure OfTest(ModelTest test, long offendingRows) => new(
        test.Stops,
        $"A check found wrong figures, so they are not shown. What it demands: {test.Demands}",
        $"{test.Stops}: the test {test.Name} found {offendingRows} rows that should not be.",
        IsLasting: true);

    /// <summary>Postgres does not take the table.</summary>
    internal static ModelFailure OfPublishing(string table, Exception failure) => new(
        table, "The database does not take the computed table.", $"{table}: {failure.Message}", IsLasting: false);
}
