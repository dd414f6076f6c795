using System.Text;
using Dunnhumby.SampleData.Planning.Randomness;

namespace Dunnhumby.SampleData.Files;

/// <summary>Puts bad rows between the good rows of one file as they pass, and keeps book of them. Which rows get one depends on the seed alone.</summary>
internal sealed class DefectPlanter
{
    private const byte LineFeed = (byte)'\n';

    private readonly ulong _seed;
    private readonly double _rate;
    private readonly string _dataset;
    private readonly string _header;
    private readonly IReadOnlyList<DefectKind> _kinds;
    private readonly List<PlantedDefect> _planted = [];
    private byte[] _lastRow = [];
    private long _line;
    private int _nextKind;

    internal DefectPlanter(ulong seed, double rate, string dataset, string header)
    {
        _seed = seed;
        _rate = rate;
        _dataset = dataset;
        _header = header;
        _kinds = rate > 0 ? DefectKinds.Of(dataset, header.Split(',')) : [];
    }

    /// <summary>Good rows so far.</summary>
    internal long Rows { get; private set; }

    internal IReadOnlyList<PlantedDefect> Planted => _planted;

    /// <summary>A planter that plants nothing.</summary>
    internal static DefectPlanter None(string dataset, string header) => new(0, 0, dataset, header);

    /// <summary>The header.</summary>
    internal ReadOnlyMemory<byte> Begin()
    {
        _line = 1;
        return Encoding.UTF8.GetBytes(_header + "\n");
    }

    /// <summary>The rows of a chunk, with bad rows among them.</summary>
    internal ReadOnlyMemory<byte> Pass(CsvBuffer chunk)
    {
        if (_rate == 0)
        {
            Rows += chunk.Rows;
            return chunk.Written;
        }

        var output = new CsvBuffer();
        var rest = chunk.Written.Span;
        while (!rest.IsEmpty)
        {
            var row = rest[..(rest.IndexOf(LineFeed) + 1)];
            rest = rest[row.Length..];
            output.Raw(row);
            Rows++;
            _line++;
            if (RandomStream.ToUnit(RandomStream.Hash(_seed, Draw.Defect, _dataset.Length, Rows)) < _rate)
            {
                Plant(output, row);
            }

            if (rest.IsEmpty)
            {
                _lastRow = row.ToArray();
            }
        }

        return output.Written;
    }

    /// <summary>What comes behind the last row: the kinds that have not occurred yet, another table, a row that is cut off.</summary>
    internal ReadOnlyMemory<byte> End()
    {
        if (_rate == 0 || _lastRow.Length == 0)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        var output = new CsvBuffer();
        while (_nextKind < _kinds.Count)
        {
            Plant(output, _lastRow);
        }

        // Of another width than this file, so that each of its rows is at fault as a whole.
        var columns = _header.Split(',').Length;
        string[] foreign = columns == 3 ? ["DESCRIPTION,CAMPAIGN,START_DAY,END_DAY", "TypeA,8,412,460"] : ["COUPON_UPC,PRODUCT_ID,CAMPAIGN", "10000085207,9676830,26"];
        foreach (var line in foreign)
        {
            Add(output, "second_table", columns == 3 ? "long_row" : "short_row", null, line);
            output.Raw([LineFeed]);
        }

        // Complete except for its last field, and without a line end.
        Add(output, "cut_off", "unfinished_row", null, string.Join(',', [.. Fields(_lastRow)[..^1], "-"]));
        return output.Written;
    }

    private static string[] Fields(ReadOnlySpan<byte> row) => Encoding.Latin1.GetString(row.TrimEnd(LineFeed)).Split(',');

    private void Plant(CsvBuffer output, ReadOnlySpan<byte> row)
    {
        var kind = _kinds[_nextKind++ % _kinds.Count];
        Add(output, kind.Name, kind.Reason, kind.Column, kind.Spoil(Fields(row)));
        output.Raw([LineFeed]);
    }

    private void Add(CsvBuffer output, string kind, string reason, string? column, string line)
    {
        output.Raw(Encoding.Latin1.GetBytes(line));
        _line++;
        _planted.Add(new PlantedDefect(_dataset + ".csv", _line, kind, column, reason));
    }
}
