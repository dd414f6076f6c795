using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CsCheck;
using Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;
using Dunnhumby.Lake.Tables;
using Dunnhumby.TestSupport.Fuzzing;

namespace Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>A small file of the other generators, damaged, then grown until it is large: what fills memory if anything is kept for each row, field or byte.</summary>
/// <param name="Table">Where it is sent to.</param>
/// <param name="Growth">How it grows.</param>
/// <param name="Seed">The damaged file.</param>
/// <param name="Bytes">About how large it becomes, before it is packed.</param>
/// <param name="IsPacked">Sent as gzip.</param>
/// <param name="TakesAllFaults">Whether its faulty rows are all kept, or the file is refused when they are too many.</param>
internal sealed record SwollenFile(LakeTable Table, Growth Growth, byte[] Seed, int Bytes, bool IsPacked, bool TakesAllFaults)
{
    private const int LongText = 4_000;
    private const int LongRow = 1 << 20;

    internal static Gen<SwollenFile> Any { get; } =
        from good in GoodFiles.Any
        from seed in Mutations.Of(good.Csv)
        from growth in Pick.From(Enum.GetValues<Growth>())
        from megabytes in Gen.Int[4, 40]
        from isPacked in Gen.Bool
        from takesAllFaults in Gen.Bool
        select new SwollenFile(good.Table, growth, seed, megabytes << 20, isPacked, takesAllFaults);

    private string Header => string.Join(',', Table.Columns.Select(column => column.Header));

    internal HttpContent Content() => new Body(this);

    public override string ToString() => $"{Table.Name}, {Growth}, {Bytes >> 20} MB{(IsPacked ? ", packed" : "")}{(TakesAllFaults ? ", all faults kept" : "")}: {Encoding.Latin1.GetString(Seed)}";

    private IEnumerable<byte[]> Pieces()
    {
        yield return Growth is Growth.WholeFileAgainAndAgain ? [] : Encoding.UTF8.GetBytes($"{Header}\n");
        for (var (row, sent) = (0, 0L); sent < Bytes; row++)
        {
            var piece = Piece(row);
            sent += piece.Length;
            yield return piece;
        }
    }

    private byte[] Piece(int row) => Growth switch
    {
        Growth.WholeFileAgainAndAgain => [.. Seed, (byte)'\n'],
        Growth.RowsAgainAndAgain => [.. Seed.AsSpan()[(Seed.AsSpan().IndexOf((byte)'\n') + 1)..], (byte)'\n'],
        Growth.NewKeys => Rows(row, (column, number) => Value(column, number)),
        Growth.OneKeyWrittenLong => Rows(row, (column, _) => column.Kind is ColumnKind.Text ? Value(column, 0) : Value(column, 1).PadLeft(LongText, '0')),
        Growth.NewTexts => Rows(row, (column, number) => column is { Kind: ColumnKind.Text, Codes: null } ? $"{number:D9}{new string('x', column.MaxLength - 9)}" : Value(column, number)),
        Growth.WrongRows => Rows(row, (column, number) => column.Kind is ColumnKind.Text ? $"{number}" : $"{new string('y', LongText)}{number}"),
        Growth.LongRows => [.. Encoding.ASCII.GetBytes($"{row},"), .. Enumerable.Repeat((byte)',', LongRow / 2), .. Enumerable.Repeat((byte)'z', LongRow / 3), (byte)'\n'],
        Growth.OpenQuote => Encoding.ASCII.GetBytes(row == 0 ? "\"" : new string('q', LongRow - 1) + "\n"),
        _ => Encoding.ASCII.GetBytes(new string(row % 2 == 0 ? ',' : '\n', LongRow)),
    };

    /// <summary>Some rows, so that a piece is worth a call.</summary>
    private byte[] Rows(int piece, Func<LakeColumn, int, string> value) => Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(piece * 100, 100).Select(number => $"{string.Join(',', Table.Columns.Select(column => value(column, number)))}\n")));

    /// <summary>One that the column takes, another for most numbers.</summary>
    private static string Value(LakeColumn column, int number) => column switch
    {
        { Codes: { } codes } => codes.ElementAt(number % codes.Count),
        { Kind: ColumnKind.Text } => $"T{number % 50}",
        { IsTimeOfDay: true } => "1200",
        { Kind: ColumnKind.Money } => (Math.Clamp(number % 100, column.Min, column.Max) / 100m).ToString("F2", CultureInfo.InvariantCulture),
        _ => Math.Clamp(number, column.Min, column.Max).ToString(CultureInfo.InvariantCulture),
    };

    private sealed class Body : HttpContent
    {
        private readonly SwollenFile _file;

        internal Body(SwollenFile file)
        {
            _file = file;
            Headers.ContentType = new MediaTypeHeaderValue(file.IsPacked ? "application/gzip" : "text/csv");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await using var packed = _file.IsPacked ? new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true) : null;
            foreach (var piece in _file.Pieces())
            {
                await (packed ?? stream).WriteAsync(piece, cancellationToken);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

/// <summary>How a file grows.</summary>
internal enum Growth
{
    WholeFileAgainAndAgain,
    RowsAgainAndAgain,
    NewKeys,
    OneKeyWrittenLong,
    NewTexts,
    WrongRows,
    LongRows,
    OpenQuote,
    CommasAndLineEnds,
}
