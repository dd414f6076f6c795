using System.Globalization;

namespace Dunnhumby.SampleData.Catalogue;

/// <summary>Reads the embedded table of commodities.</summary>
internal static class CommodityTable
{
    internal static IReadOnlyList<Commodity> All { get; } = [.. ReadRows()];

    private static IEnumerable<Commodity> ReadRows()
    {
        // The resource is part of this assembly.
        using var reader = new StreamReader(typeof(CommodityTable).Assembly.GetManifestResourceStream("commodities.csv")!);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            yield return new Commodity(
                fields[0],
                fields[1],
                int.Parse(fields[2], CultureInfo.InvariantCulture),
                int.Parse(fields[3], CultureInfo.InvariantCulture),
                int.Parse(fields[4], CultureInfo.InvariantCulture),
                Number(fields[5]),
                Number(fields[6]),
                int.Parse(fields[7], CultureInfo.InvariantCulture),
                Number(fields[8]),
                fields[9],
                fields[10]);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
