using Dunnhumby.Transform.Worker.Lineage;
using Dunnhumby.Transform.Worker.Models;

namespace Dunnhumby.Transform.Worker.Tests.Lineage;

/// <summary>Made-up queries over tables t (a, b, c) and u (a, d). What is expected is read off the query by eye: <c>name &lt; origin how</c>, and <c>?</c> for what is not exact.</summary>
public sealed class QueryLineageTests
{
    [Theory]
    [InlineData("select a from t", "a < t.a copied")]
    [InlineData("select a as x, a + b as y, 1 as z from t", "x < t.a copied; y < t.a computed, t.b computed; z <")]
    [InlineData("select * from t", "a < t.a copied; b < t.b copied; c < t.c copied")]
    [InlineData("from t", "a < t.a copied; b < t.b copied; c < t.c copied")]
    [InlineData("select q.* from t as q", "a < t.a copied; b < t.b copied; c < t.c copied")]
    [InlineData("select * exclude (a) replace (b + 1 as b) rename (c as k) from t", "b < t.b computed; k < t.c copied")]
    [InlineData("select A as X from T", "X < t.a copied")]
    [InlineData("select main.t.a from t", "a < t.a copied")]
    [InlineData("select a::varchar as x, case when b > 0 then 'p' end as y, coalesce(c, 0) as z from t", "x < t.a computed; y < t.b computed; z < t.c computed")]
    [InlineData("select x, y from t as q (x, y)", "x < t.a copied; y < t.b copied")]
    [InlineData("select a as x, x + 1 as y from t", "x < t.a copied; y < t.a computed")]
    [InlineData("select t from t", "t < t.a computed, t.b computed, t.c computed")]
    public void Read_OfOneTable_NamesTheColumnsInEachValue(string query, string expected) => Columns(query).ShouldBe(expected);

    [Theory]
    [InlineData("select sum(a) as s, count(b) as n, max(a order by c) as m from t", "s < t.a aggregated; n < t.b aggregated; m < t.a aggregated, t.c aggregated")]
    [InlineData("select count(*) as n from t", "n < t.* aggregated")]
    [InlineData("select count(*) filter (a > 0) as n from t", "n < t.* aggregated, t.a aggregated")]
    [InlineData("select sum(a) filter (b = 1) as s from t", "s < t.a aggregated, t.b aggregated")]
    [InlineData("select sum(1) as n from t join u using (a)", "n < t.* aggregated, u.* aggregated")]
    [InlineData("select row_number() over (partition by a order by b) as n from t", "n < t.a aggregated, t.b aggregated")]
    [InlineData("select row_number() over () as n from t", "n < t.* aggregated")]
    [InlineData("select sum(a) + 1 as s from t", "s < t.a aggregated")]
    [InlineData("select s + 1 as n from (select sum(a) as s from t)", "n < t.a aggregated")]
    public void Read_OfAggregates_TellsThemFromOtherExpressions(string query, string expected) => Columns(query).ShouldBe(expected);

    [Theory]
    [InlineData("select t.a, u.a, d from t join u on t.b = u.d", "a < t.a copied; a < u.a copied; d < u.d copied")]
    [InlineData("select a, d from t join u using (a)", "a < t.a copied; d < u.d copied")]
    [InlineData("select * from t join u using (a)", "a < t.a copied; b < t.b copied; c < t.c copied; d < u.d copied")]
    [InlineData("select u.a from t left join u using (a)", "a < u.a copied")]
    [InlineData("select a from t right join u using (a)", "a < u.a copied")]
    [InlineData("select a from t full join u using (a)", "a < t.a computed, u.a computed")]
    [InlineData("select * from t natural join u", "a < t.a copied; b < t.b copied; c < t.c copied; d < u.d copied")]
    [InlineData("select * from t semi join u using (a)", "a < t.a copied; b < t.b copied; c < t.c copied")]
    [InlineData("select b, q.a, r.a from t as q join t as r using (c) join u on u.d = r.b", "b < t.b copied; a < t.a copied; a < t.a copied")]
    [InlineData("select z, b from t left join (select a, 1 as z from u) as k using (a)", "z < t.a computed, u.* computed, u.a computed; b < t.b copied")]
    [InlineData("select m from t, lateral (select t.b + u.d as m from u where u.a = t.a)", "m < t.b computed, u.d computed")]
    public void Read_OfJoins_TakesEachColumnFromItsSide(string query, string expected) => Columns(query).ShouldBe(expected);

    [Theory]
    [InlineData("with k as (select a, b as e from t), l as (select e from k) select e from l", "e < t.b copied")]
    [InlineData("with k (x) as (select b from t) select x from k", "x < t.b copied")]
    [InlineData("with k as (with l as (select a from t) select a from l) select a as r from k", "r < t.a copied")]
    [InlineData("with k as (select a from t), l as (with k as (select d as a from u) select a from k) select k.a as x, l.a as y from k cross join l", "x < t.a copied; y < u.d copied")]
    [InlineData("with recursive r as (select a, b from t union all select b, u.d from r join u on u.a = r.a) select * from r", "a < t.a copied, t.b copied, u.d copied; b < t.b copied, u.d copied")]
    [InlineData("select a from t union all select d from u union all select 1", "a < t.a copied, u.d copied")]
    [InlineData("select a, b from t union by name select d as b, a from u", "a < t.a copied, u.a copied; b < t.b copied, u.d copied")]
    [InlineData("select a from t except select a from u", "a < t.a copied")]
    [InlineData("select p, q from (values (1, 'x')) as v (p, q)", "p <; q <")]
    public void Read_OfNestedQueries_GoesThroughThem(string query, string expected) => Columns(query).ShouldBe(expected);

    [Theory]
    [InlineData("select (select max(d) from u where u.a = t.a) as m from t", "m < u.d aggregated")]
    [InlineData("select a in (select d from u) as i from t", "i < t.a computed, u.d computed")]
    [InlineData("select exists (from u) as e from t", "e < u.* computed")]
    [InlineData("select exists (from u where u.d > t.b) as e from t", "e < t.b computed, u.* computed, u.d computed")]
    public void Read_OfSubqueriesInExpressions_CountsWhatTheyRead(string query, string expected) => Columns(query).ShouldBe(expected);

    [Theory]
    [InlineData("select list_transform([1], k -> k + a) as x from t", "x < t.a computed")]
    [InlineData("select list_transform([1], lambda a: a + b) as x from t", "x < t.b computed")]
    [InlineData("select getvariable('limit') + a as x from t", "x < settings.limit computed, t.a computed")]
    [InlineData("select unnest([{p: a, q: 1}, {p: b, q: 2}], recursive := true) from t", "p < t.a computed, t.b computed; q <")]
    [InlineData("select unnest([a, b]) as x from t", "x < t.a computed, t.b computed")]
    [InlineData("select #2 as x from t", "x < t.b copied")]
    public void Read_OfWhatDuckDbAdds_IsUnderstood(string query, string expected) => Columns(query).ShouldBe(expected);

    [Theory]
    [InlineData("select elsewhere from t", "elsewhere ?")]
    [InlineData("select x, a from read_csv('file') cross join t", "x ?; a < t.a copied")]
    [InlineData("select columns('a|b') from t", "? < t.a computed, t.b computed, t.c computed ?")]
    [InlineData("select z from unknown_table as z", "z ?")]
    public void Read_OfWhatTheTreeDoesNotTell_SaysSo(string query, string expected) => Columns(query).ShouldBe(expected);

    [Theory]
    [InlineData("select a from t where b > 1 and exists (from u)", "t.b filter, u.* filter")]
    [InlineData("select t.a from t join u on t.b = u.d", "t.b join, u.d join")]
    [InlineData("select b from t semi join u using (a)", "t.a join, u.* join, u.a join")]
    [InlineData("select a, sum(b) as s from t group by a having sum(c) > 1", "t.a group, t.c filter")]
    [InlineData("select a, sum(b) as s from t group by 1", "t.a group")]
    [InlineData("select a, c, sum(b) as s from t group by all", "t.a group, t.c group")]
    [InlineData("select distinct a from t", "t.a group")]
    [InlineData("select a from t order by b", "")]
    [InlineData("select a from t order by b limit 1", "t.b order")]
    [InlineData("select a from t qualify row_number() over (partition by b) = 1", "t.b filter")]
    [InlineData("with k as (select a from t where c > 1) select a from k", "t.c filter")]
    [InlineData("select a from t except select d from u", "t.a filter, u.* filter, u.d filter")]
    public void Read_OfWhatDecidesAboutRows_KeepsItApart(string query, string expected) =>
        string.Join(", ", Read(query).Deciders.Select(decided => $"{Name(decided.Origin)} {decided.By.ToString().ToLowerInvariant()}").Order(StringComparer.Ordinal)).ShouldBe(expected);

    private static string Columns(string query) => string.Join("; ", Read(query).Columns.Select(column =>
    {
        var from = string.Join(", ", column.From.Uses.Select(use => $"{Name(use.Key)} {use.Value.ToString().ToLowerInvariant()}").Order(StringComparer.Ordinal));
        var origins = from.Length > 0 ? $" {from}" : "";
        return $"{column.Name}{(column.From.IsExact || from.Length > 0 ? " <" : "")}{origins}{(column.From.IsExact ? "" : " ?")}";
    }));

    private static string Name(Origin origin) => $"{origin.Table}.{origin.Column ?? "*"}";

    private static Relation Read(string query)
    {
        using var reader = new SqlReader();
        var tables = new Dictionary<string, Relation>(StringComparer.OrdinalIgnoreCase) { ["t"] = Relation.Of("t", ["a", "b", "c"]), ["u"] = Relation.Of("u", ["a", "d"]) };
        using var tree = reader.Tree("made up", query);
        return new QueryLineage(tables, reader.Aggregates()).Read(tree.RootElement);
    }
}
