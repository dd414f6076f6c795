using Dunnhumby.Contracts.Datasets;

namespace Dunnhumby.Dashboard.Web.Uploads;

/// <summary>Guesses the data set from a file's name; the reader can change it.</summary>
internal static class DatasetGuess
{
    private static readonly string[] Extensions = [".gz", ".zst", ".csv"];

    /// <summary>
    /// The data set that the name (without <c>.csv</c>, <c>.gz</c>, <c>.zst</c>) is or begins with, the longest first, so that
    /// <c>coupon_redempt-2.csv.gz</c> is coupon_redempt and not coupon; null when none fits.
    /// </summary>
    internal static string? From(string fileName)
    {
        var name = fileName.Trim();
        foreach (var extension in Extensions)
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                name = name[..^extension.Length];
            }
        }

        return DatasetNames.All.OrderByDescending(dataset => dataset.Length).FirstOrDefault(dataset => name.StartsWith(dataset, StringComparison.OrdinalIgnoreCase));
    }
}
