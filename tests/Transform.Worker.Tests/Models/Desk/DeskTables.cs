using Dunnhumby.Transform.Worker.Tests.Computing;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Models.Desk;

/// <summary>All tables of the two journeys, computed by the models once for the tests of a subject.</summary>
public sealed class DeskTables : IAsyncLifetime
{
    internal const string Small = "small";
    internal const string Chance = "chance";

    private readonly Dictionary<string, (TestLake Lake, Computed Computed)> _journeys = new(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        foreach (var name in new[] { Small, Chance })
        {
            var lake = new TestLake();
            foreach (var (dataset, rows) in JourneyOf(name).Rows.Where(file => file.Value.Length > 0))
            {
                lake.Add(dataset, rows);
            }

            _journeys.Add(name, (lake, await Computed.FromAsync(lake, scheduled: true)));
        }
    }

    /// <summary>The table that the models make has these rows and no others, in any order.</summary>
    internal void ShouldHave(string journey, string table, IEnumerable<string> expected)
    {
        var rows = expected.Order(StringComparer.Ordinal).ToList();
        rows.ShouldNotBeEmpty();
        Rows(journey, $"select * from {table}").Order(StringComparer.Ordinal).ShouldBe(rows);
    }

    /// <summary>Rows of a query over a journey's tables, each as its values joined by blanks; null as <c>-</c>.</summary>
    internal IReadOnlyList<string> Rows(string journey, string sql) => _journeys[journey].Computed.Rows(sql);

    internal static DeskJourney JourneyOf(string name) => name is Small ? DeskJourney.Small : DeskJourney.Chance;

    /// <summary>A row as <see cref="Rows"/> writes it.</summary>
    internal static string Row(params object?[] values) => string.Join(' ', values.Select(value => value ?? "-"));

    /// <summary>Two places, as money has.</summary>
    internal static string Money(decimal amount) => $"{amount:F2}";

    /// <summary>Six places, half away from zero; null where there is nothing to divide by.</summary>
    internal static string? Ratio(decimal part, decimal whole) => whole > 0 ? $"{Math.Round(part / whole, 6, MidpointRounding.AwayFromZero):F6}" : null;

    public ValueTask DisposeAsync()
    {
        foreach (var (lake, computed) in _journeys.Values)
        {
            computed.Dispose();
            lake.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
