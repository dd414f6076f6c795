using System.Collections.Immutable;

namespace Dunnhumby.Transform.Worker.Lineage;

/// <summary>A column that a part of a query offers to the rest.</summary>
/// <param name="Table">The name or alias of the table that it is of.</param>
/// <param name="Name">Its own.</param>
/// <param name="From">What its values are made of.</param>
/// <param name="IsMerged">A join <c>using</c> it shows it once, as the other table's: only its full name finds it.</param>
internal sealed record RelationColumn(string Table, string Name, Origins From, bool IsMerged = false)
{
    internal bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    internal bool IsOf(string table) => string.Equals(Table, table, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Rows within a query: a table, a join, a subquery, or what a <c>from</c> gives as a whole.</summary>
/// <param name="Columns">In order.</param>
/// <param name="Rows">The tables whose rows these are.</param>
/// <param name="Deciders">The columns that decide which rows there are.</param>
/// <param name="IsOpen">It has columns that are not known.</param>
internal sealed record Relation(
    ImmutableList<RelationColumn> Columns, ImmutableHashSet<Origin> Rows, ImmutableHashSet<Decided> Deciders, bool IsOpen = false)
{
    /// <summary>One row without columns.</summary>
    internal static readonly Relation Empty = new([], [], []);

    /// <summary>Something that is not understood.</summary>
    internal static readonly Relation Unknown = new([], [], [], IsOpen: true);

    /// <summary>A table that a query names.</summary>
    internal static Relation Of(string table, IEnumerable<string> columns) => new(
        [.. columns.Select(column => new RelationColumn(table, column, Origins.Of(new Origin(table, column), Use.Copied)))],
        [new Origin(table, Column: null)],
        []);

    /// <summary>What a star shows.</summary>
    internal IEnumerable<RelationColumn> Shown => Columns.Where(column => !column.IsMerged);

    /// <summary>What says whether there is a row: the tables, and what decides about them.</summary>
    internal IEnumerable<Origin> Existence => Rows.Union(Deciders.Select(decided => decided.Origin));

    /// <summary>The same under another name, the first columns too if <paramref name="names"/> says so.</summary>
    internal Relation As(string table, IReadOnlyList<string> names) => this with
    {
        Columns = [.. Shown.Select((column, index) => new RelationColumn(table.Length > 0 ? table : column.Table, index < names.Count ? names[index] : column.Name, column.From))],
        // Columns that are not known may have got the other names.
        IsOpen = IsOpen && names.Count <= Columns.Count,
    };

    internal Relation DecidedBy(IEnumerable<Decided> deciders) => this with { Deciders = Deciders.Union(deciders) };

    /// <summary>Both side by side. Where one side may have no row, its constants tell whether it has.</summary>
    internal Relation Join(Relation other, string type, IReadOnlyList<string> merged, ImmutableHashSet<Decided> conditions)
    {
        var by = Merge(other, merged).Union(conditions);
        var (left, right) = (this, other);
        if (type is "LEFT" or "OUTER" or "FULL" or "SINGLE")
        {
            right = right.Nullable(by);
        }

        if (type is "RIGHT" or "OUTER" or "FULL")
        {
            left = left.Nullable(by);
        }

        if (type is "SEMI" or "ANTI")
        {
            // The other side only decides.
            return left.DecidedBy(other.Deciders.Union(by).Union(other.Rows.Select(row => new Decided(row, Decision.Join))));
        }

        var rows = new Relation(left.Columns.AddRange(right.Columns), left.Rows.Union(right.Rows), left.Deciders.Union(right.Deciders).Union(by), left.IsOpen || right.IsOpen);
        return merged.Aggregate(rows, (joined, name) => joined.Merged(left, right, type, name));
    }

    private ImmutableHashSet<Decided> Merge(Relation other, IReadOnlyList<string> merged) =>
    [
        .. Shown.Concat(other.Shown).Where(column => merged.Contains(column.Name, StringComparer.OrdinalIgnoreCase)).SelectMany(column => column.From.Decide(Decision.Join)),
    ];

    /// <summary>Shows one of the two columns of a join <c>using</c> the name: the one that always has a value.</summary>
    private Relation Merged(Relation left, Relation right, string type, string name)
    {
        if (left.Shown.FirstOrDefault(column => column.Is(name)) is not { } first || right.Shown.FirstOrDefault(column => column.Is(name)) is not { } second)
        {
            return this with { IsOpen = true };
        }

        var from = type switch
        {
            "RIGHT" => second.From,
            "OUTER" or "FULL" => first.From.And(second.From).Through(Use.Computed),
            _ => first.From,
        };
        var shown = first with { From = from };
        return this with { Columns = Columns.Replace(first, shown).Replace(second, second with { IsMerged = true }) };
    }

    private Relation Nullable(ImmutableHashSet<Decided> by)
    {
        Origin[] existence = [.. Existence, .. by.Select(decided => decided.Origin)];
        return this with
        {
            Columns = [.. Columns.Select(column => column.From.IsConstant ? column with { From = Origins.Of(existence, Use.Computed) } : column)],
        };
    }
}
