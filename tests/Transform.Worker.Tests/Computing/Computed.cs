using System.Data;
using System.Data.Common;
using System.Globalization;
using Dunnhumby.Transform.Worker.Computing;
using Dunnhumby.Transform.Worker.Models;
using Dunnhumby.Transform.Worker.Tests.Lakes;

namespace Dunnhumby.Transform.Worker.Tests.Computing;

/// <summary>The models computed and tested over a lake, to be asked with SQL.</summary>
public sealed class Computed : IDisposable
{
    internal static readonly TransformSettings Defaults = new(101, 708, ["GASOLINE-REG UNLEADED"], [525, 615, 675, 700], new DateOnly(2004, 3, 23));

    private static readonly ModelCatalog Models = ModelCatalog.Embedded();

    private readonly Warehouse _warehouse;

    private Computed(Warehouse warehouse) => _warehouse = warehouse;

    /// <param name="scheduled">Whether the models on a schedule are computed, too.</param>
    internal static async Task<Computed> FromAsync(TestLake lake, TransformSettings? settings = null, bool scheduled = false)
    {
        var warehouse = await Warehouse.OpenAsync(new TransformOptions(), TestContext.Current.CancellationToken);
        var waiting = scheduled ? new HashSet<string>(StringComparer.Ordinal) : Models.WaitingBesides(new HashSet<string>(StringComparer.Ordinal));
        var computation = new Computation(Models, settings ?? Defaults, lake.Layout);
        var failures = await computation.ComputeAsync(warehouse, lake.Inputs, waiting, _ => { }, TestContext.Current.CancellationToken);
        failures.Values.Select(failure => failure.EngineText).ShouldBeEmpty();
        return new Computed(warehouse);
    }

    /// <summary>The rows of a query, each as its values joined by blanks; null as <c>-</c>.</summary>
    internal IReadOnlyList<string> Rows(string sql) => [.. Values(sql).Select(row => string.Join(' ', row.Select(value => value ?? "-")))];

    /// <summary>The rows of a query as values; null for SQL's null.</summary>
    internal IReadOnlyList<object?[]> Values(string sql)
    {
        using var command = _warehouse.Connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var scales = reader.GetSchemaTable().Rows.Cast<DataRow>().Select(column => column[SchemaTableColumn.NumericScale]).ToList();
        List<object?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : Scaled(reader.GetValue(column), scales[column]))]);
        }

        return rows;
    }

    /// <summary>The driver drops the trailing zeros of decimals of more than 18 digits.</summary>
    private static object Scaled(object value, object scale) =>
        value is decimal number ? decimal.Parse(number.ToString($"F{scale}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;

    internal string Row(string sql) => Rows(sql).ShouldHaveSingleItem();

    public void Dispose() => _warehouse.Dispose();
}
