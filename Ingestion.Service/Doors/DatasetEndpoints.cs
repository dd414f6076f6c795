using System.Globalization;
using Dunnhumby.Catalog;
using Dunnhumby.Contracts.Datasets;
using Dunnhumby.Contracts.Loads;
using Dunnhumby.Contracts.Security;
using Dunnhumby.Lake.Tables;
using Dunnhumby.ServiceDefaults.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Dunnhumby.Ingestion.Service.Doors;

/// <summary>The contract of the eight files, and what the lake holds of each.</summary>
internal static class DatasetEndpoints
{
    internal static void MapDatasets(this IEndpointRouteBuilder routes) => routes.MapGet("/datasets", ListAsync).WithTags("Datasets").WithName("ListDatasets").RequireScope(Scopes.Ingest);

    /// <summary>The eight data sets: their columns and rules, and what was loaded of them.</summary>
    internal static async Task<Ok<IReadOnlyList<Dataset>>> ListAsync(LakeCatalog catalog, CancellationToken cancellationToken)
    {
        var loaded = await catalog.Loads.AsNoTracking()
            .Where(load => load.State == LoadStates.Completed)
            .GroupBy(load => load.Dataset)
            .Select(loads => new { Dataset = loads.Key, Count = loads.Count(), Rows = loads.Sum(load => load.Loaded), Last = loads.Max(load => load.CompletedAt) })
            .ToDictionaryAsync(loads => loads.Dataset, StringComparer.Ordinal, cancellationToken);
        return TypedResults.Ok<IReadOnlyList<Dataset>>([.. LakeTables.All.Select(table =>
        {
            var held = loaded.GetValueOrDefault(table.Name);
            return new Dataset(table.Name, table.Name + ".csv", string.Join(", ", table.UnitColumns), ColumnRules.Describe(table), held?.Count ?? 0, held?.Rows ?? 0, held?.Last);
        })]);
    }
}

/// <summary>Says in words what a column accepts.</summary>
internal static class ColumnRules
{
    private const decimal CentsPerDollar = 100;

    internal static IReadOnlyList<DatasetColumn> Describe(LakeTable table) =>
        [.. table.Columns.Select(column => new DatasetColumn(column.Header, TypeName(column.Kind), column.Nullable, Rule(table, column)))];

    /// <summary>What the column accepts by itself, and what it must not say of others.</summary>
    private static string? Rule(LakeTable table, LakeColumn column)
    {
        var others = table.Rules.Where(rule => string.Equals(rule.Greatest, column.Header, StringComparison.Ordinal)).Select(rule => $"not less than {rule.Least}");
        string?[] rules = [Rule(column), .. others];
        return Array.Exists(rules, rule => rule is not null) ? string.Join(", ", rules.OfType<string>()) : null;
    }

    private static string TypeName(ColumnKind kind) => kind switch
    {
        ColumnKind.Int32 => "int",
        ColumnKind.Int64 => "bigint",
        ColumnKind.Money => "money",
        ColumnKind.Text => "text",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of column."),
    };

    private static string? Rule(LakeColumn column)
    {
        if (column.Kind == ColumnKind.Text)
        {
            return column.Codes is { } codes ? $"one of {string.Join(", ", codes)}" : $"at most {column.MaxLength} characters";
        }

        if (column.IsTimeOfDay)
        {
            return "a time as HHMM, 0 to 2359";
        }

        var scale = column.Kind == ColumnKind.Money ? CentsPerDollar : 1;
        return (column.Min > int.MinValue && column.Min != -999_999_999, column.Max < int.MaxValue && column.Max != 999_999_999) switch
        {
            (true, true) => $"{Show(column.Min / scale)} to {Show(column.Max / scale)}",
            (true, false) => $"{Show(column.Min / scale)} or more",
            (false, true) => $"{Show(column.Max / scale)} or less",
            _ => null,
        };
    }

    private static string Show(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
