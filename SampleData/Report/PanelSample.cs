using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Report;

/// <summary>
/// Transaction lines of one year, thinned: the real sample has 75,000 lines of the days 285 to 649, so a generated panel is thinned to as many before
/// anything is compared.
/// </summary>
internal sealed class PanelSample
{
    private const int FirstDay = 285;
    private const int LastDay = 649;

    /// <summary>One line; money in units.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Line(int Household, long Basket, int Day, int Product, int Quantity, double Sales, int Store, double Discount, int Hour, double Coupon);

    private PanelSample(IReadOnlyList<Line> lines, Dictionary<int, (string Department, string Commodity, bool IsPrivate)> products)
    {
        Lines = lines;
        Products = products;
    }

    internal IReadOnlyList<Line> Lines { get; }

    internal IReadOnlyDictionary<int, (string Department, string Commodity, bool IsPrivate)> Products { get; }

    /// <summary>Reads <c>transaction_data</c> and <c>product</c> from a folder, as .csv or .csv.gz.</summary>
    /// <param name="most">About how many lines to keep, chosen at random.</param>
    internal static PanelSample Read(string folder, int most = int.MaxValue)
    {
        var lines = Rows(folder, "transaction_data").Select(Parse).Where(line => line.Day is >= FirstDay and <= LastDay).ToList();
        var kept = lines.Count <= most ? lines : [.. lines.Where((_, index) => IsKept(index, (double)most / lines.Count))];
        var products = Rows(folder, "product").ToDictionary(
            fields => int.Parse(fields[0], CultureInfo.InvariantCulture),
            fields => (fields[2], fields[4], fields[3] is "Private"));
        return new PanelSample(kept, products);
    }

    // A hash of the position, not every n-th line: baskets are as long as the step.
    private static bool IsKept(int index, double share) => RandomStream.ToUnit(RandomStream.Mix((ulong)index)) < share;

    private static Line Parse(string[] fields) => new(
        int.Parse(fields[0], CultureInfo.InvariantCulture),
        long.Parse(fields[1], CultureInfo.InvariantCulture),
        int.Parse(fields[2], CultureInfo.InvariantCulture),
        int.Parse(fields[3], CultureInfo.InvariantCulture),
        int.Parse(fields[4], CultureInfo.InvariantCulture),
        double.Parse(fields[5], CultureInfo.InvariantCulture),
        int.Parse(fields[6], CultureInfo.InvariantCulture),
        double.Parse(fields[7], CultureInfo.InvariantCulture),
        int.Parse(fields[8], CultureInfo.InvariantCulture) / 100,
        double.Parse(fields[10], CultureInfo.InvariantCulture));

    private static IEnumerable<string[]> Rows(string folder, string dataset)
    {
        var path = Path.Combine(folder, dataset + ".csv");
        using Stream stream = File.Exists(path) ? File.OpenRead(path) : new GZipStream(File.OpenRead(path + ".gz"), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return line.Split(',');
        }
    }
}
