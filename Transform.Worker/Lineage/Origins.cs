using System.Collections.Immutable;

namespace Dunnhumby.Transform.Worker.Lineage;

/// <summary>A column of a table that a query reads; with no column, which rows the table has.</summary>
internal readonly record struct Origin(string Table, string? Column);

/// <summary>How a value comes from its origin, the furthest first in case of several ways.</summary>
internal enum Use
{
    /// <summary>As it is.</summary>
    Copied,

    /// <summary>Through an expression.</summary>
    Computed,

    /// <summary>Through an aggregate or a window over several rows.</summary>
    Aggregated,
}

/// <summary>How a column decides which rows there are, without being in any value.</summary>
internal enum Decision
{
    Filter,
    Join,
    Group,
    Order,
}

/// <summary>A column that decides, and how.</summary>
internal readonly record struct Decided(Origin Origin, Decision By);

/// <summary>What a value is made of. Nothing at all and exact: it is a constant.</summary>
internal sealed class Origins
{
    internal static readonly Origins None = new(ImmutableDictionary<Origin, Use>.Empty, isExact: true);

    /// <summary>It could not be found out.</summary>
    internal static readonly Origins Unknown = new(ImmutableDictionary<Origin, Use>.Empty, isExact: false);

    private Origins(ImmutableDictionary<Origin, Use> uses, bool isExact) => (Uses, IsExact) = (uses, isExact);

    internal ImmutableDictionary<Origin, Use> Uses { get; }

    /// <summary>Whether this is all. Otherwise there may be more.</summary>
    internal bool IsExact { get; }

    internal bool IsConstant => IsExact && Uses.IsEmpty;

    internal static Origins Of(Origin origin, Use use) => new(ImmutableDictionary<Origin, Use>.Empty.Add(origin, use), isExact: true);

    internal static Origins Of(IEnumerable<Origin> origins, Use use) => new(origins.Distinct().ToImmutableDictionary(origin => origin, _ => use), isExact: true);

    internal static Origins All(IEnumerable<Origins> parts) => parts.Aggregate(None, (all, part) => all.And(part));

    internal Origins And(Origins other) => new(
        Uses.SetItems(other.Uses.Select(use => KeyValuePair.Create(use.Key, Uses.TryGetValue(use.Key, out var own) && own > use.Value ? own : use.Value))),
        IsExact && other.IsExact);

    /// <summary>The same, after something was done to the value.</summary>
    internal Origins Through(Use use) => new(Uses.SetItems(Uses.Where(own => own.Value < use).Select(own => KeyValuePair.Create(own.Key, use))), IsExact);

    internal Origins Inexact() => new(Uses, isExact: false);

    internal IEnumerable<Decided> Decide(Decision by) => Uses.Keys.Select(origin => new Decided(origin, by));
}
