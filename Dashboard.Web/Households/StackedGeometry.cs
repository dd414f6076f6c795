using Dunnhumby.Dashboard.Web.Components.Charts;
using Dunnhumby.Dashboard.Web.Formatting;

namespace Dunnhumby.Dashboard.Web.Households;

/// <summary>Where the columns of a stacked chart lie: bins of equal width, sections on top of each other in the order given.</summary>
internal sealed class StackedGeometry
{
    private const int MostMonths = 14;
    private const double Gap = 0.18;

    private readonly Plot _plot;
    private readonly double _slot;

    /// <param name="bins">At least one.</param>
    /// <param name="order">The sections to draw, by their place in the bins' amounts, from the bottom up.</param>
    internal StackedGeometry(IReadOnlyList<SpendBin> bins, IReadOnlyList<int> order, BinWidth width, Plot plot)
    {
        _plot = plot;
        _slot = plot.InnerWidth / bins.Count;
        var steps = NiceSteps.UpTo((double)bins.Max(bin => order.Sum(section => Math.Max(0, bin.Amounts[section]))), 5);
        var y = plot.Y(steps[^1]);
        YTicks = [.. steps.Select(step => new Tick(y.Map(step), Format.Axis((decimal)step)))];
        XTicks = Months(bins, width);

        var layers = order.ToDictionary(section => section, _ => new List<(double, double, double, double)>());
        for (var index = 0; index < bins.Count; index++)
        {
            var below = 0m;
            foreach (var section in order)
            {
                var amount = Math.Max(0, bins[index].Amounts[section]);
                if (amount > 0)
                {
                    var top = y.Map((double)(below + amount));
                    layers[section].Add((Left(index) + (_slot * Gap / 2), top, _slot * (1 - Gap), y.Map((double)below) - top));
                    below += amount;
                }
            }
        }

        Layers = layers.ToDictionary(layer => layer.Key, layer => PathData.Rectangles(layer.Value));
    }

    internal IReadOnlyList<Tick> YTicks { get; }

    internal IReadOnlyList<Tick> XTicks { get; }

    /// <summary>One path per section.</summary>
    internal IReadOnlyDictionary<int, string> Layers { get; }

    internal double Slot => _slot;

    /// <summary>Left edge of a bin.</summary>
    internal double Left(int index) => _plot.Left + (index * _slot);

    private IReadOnlyList<Tick> Months(IReadOnlyList<SpendBin> bins, BinWidth width)
    {
        var months = MonthStarts.Between(bins[0].First, bins[^1].First, MostMonths);
        if (months.Count == 0)
        {
            return [new Tick(Left(0), SpendBins.Name(bins[0].First, width))];
        }

        // A month's tick stands at the first bin that begins in it.
        return
        [
            .. months.Select(month => (month.Label, Index: IndexFrom(bins, month.Date)))
                .Where(month => month.Index >= 0)
                .Select(month => new Tick(Left(month.Index), month.Label)),
        ];
    }

    private static int IndexFrom(IReadOnlyList<SpendBin> bins, DateOnly date)
    {
        for (var index = 0; index < bins.Count; index++)
        {
            if (bins[index].First >= date)
            {
                return index;
            }
        }

        return -1;
    }
}
