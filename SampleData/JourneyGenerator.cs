using Dunnhumby.Contracts.Datasets;
using Dunnhumby.SampleData.Baskets;
using Dunnhumby.SampleData.Files;
using Dunnhumby.SampleData.Planning;
using Dunnhumby.SampleData.Truth;

namespace Dunnhumby.SampleData;

/// <summary>
/// A synthetic Complete Journey. The plan (people, prices, promotions, campaigns) is made once and small; rows are made while they are written, each
/// file on its own and as often as wanted. Instances may write several files at the same time.
/// </summary>
public sealed class JourneyGenerator
{
    private readonly Panel _panel;
    private Tally? _tally;

    private JourneyGenerator(Panel panel) => _panel = panel;

    /// <summary>Plans a panel.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its limits.</exception>
    public static JourneyGenerator Create(JourneyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new JourneyGenerator(new Panel(options));
    }

    /// <summary>The data sets to write: all eight, or for increments (<see cref="JourneyOptions.Days"/>) the two that grow day by day.</summary>
    public IReadOnlyList<string> Datasets => _panel.Options.Days is null ? DatasetNames.All : [DatasetNames.Transactions, DatasetNames.CouponRedemptions];

    internal Panel Panel => _panel;

    /// <summary>Writes a data set as CSV (UTF-8, LF, header row) and leaves the stream open.</summary>
    /// <param name="dataset">One of <see cref="DatasetNames"/>.</param>
    /// <param name="output">Written to in order; need not seek.</param>
    /// <param name="progress">Gets the finished share, 0 to 1.</param>
    /// <returns>What was written, with the bad rows that were planted.</returns>
    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public async Task<WrittenFile> WriteCsvAsync(string dataset, Stream output, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        var file = FileOf(dataset);
        var planter = new DefectPlanter(_panel.Options.Seed, _panel.Options.DefectRate, dataset, file.Header);
        return await WriteAsync(file, planter, output, progress, cancellationToken);
    }

    /// <summary>
    /// What was planted and its effect, always for the whole panel. Writing all transactions measures it on the way; otherwise it is measured now,
    /// which takes about as long.
    /// </summary>
    public async Task<JourneyTruth> TruthAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _tally) is null)
        {
            var file = new TransactionsFile(_panel, 1, _panel.Calendar.LastDay);
            await WriteAsync(file, DefectPlanter.None(file.Dataset, file.Header), Stream.Null, progress: null, cancellationToken);
        }

        return TruthFactory.Make(_panel, Volatile.Read(ref _tally) ?? throw new InvalidOperationException("The transactions were not measured."));
    }

    private DatasetFile FileOf(string dataset)
    {
        var (first, last) = _panel.Days;
        return dataset switch
        {
            DatasetNames.Transactions => new TransactionsFile(_panel, first, last),
            DatasetNames.Products => new ProductsFile(_panel),
            DatasetNames.Demographics => new DemographicsFile(_panel),
            DatasetNames.Campaigns => new CampaignsFile(_panel),
            DatasetNames.CampaignHouseholds => new CampaignHouseholdsFile(_panel),
            DatasetNames.Coupons => new CouponsFile(_panel),
            DatasetNames.CouponRedemptions => new RedemptionsFile(_panel, first, last),
            DatasetNames.Causal => new CausalFile(_panel),
            _ => throw new ArgumentException($"There is no data set '{dataset}'.", nameof(dataset)),
        };
    }

    private async Task<WrittenFile> WriteAsync(
        DatasetFile file, DefectPlanter planter, Stream output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var total = new Tally(_panel);
        var done = 0;
        long bytes = 0;
        await OutAsync(planter.Begin());
        await OrderedChunks.RunAsync(file.Chunks, _panel.Options.Parallelism, Make, TakeAsync, cancellationToken);
        await OutAsync(planter.End());
        if (file.Measures)
        {
            Volatile.Write(ref _tally, total);
        }

        return new WrittenFile(file.Dataset, file.Dataset + ".csv", planter.Rows, bytes, planter.Planted);

        (CsvBuffer Buffer, Tally Tally) Make(int chunk)
        {
            var buffer = new CsvBuffer();
            var tally = new Tally(_panel);
            file.Write(chunk, buffer, tally);
            return (buffer, tally);
        }

        async ValueTask TakeAsync((CsvBuffer Buffer, Tally Tally) made)
        {
            total.Add(made.Tally);
            await OutAsync(planter.Pass(made.Buffer));
            progress?.Report((double)++done / file.Chunks);
        }

        async ValueTask OutAsync(ReadOnlyMemory<byte> rows)
        {
            bytes += rows.Length;
            await output.WriteAsync(rows, cancellationToken);
        }
    }
}
