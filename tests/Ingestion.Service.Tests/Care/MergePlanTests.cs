using Dunnhumby.Contracts.Loads;
using Dunnhumby.Ingestion.Service.Care;

namespace Dunnhumby.Ingestion.Service.Tests.Care;

public sealed class MergePlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly LakeCareOptions Options = new() { MinFiles = 3, SmallFileBytes = 100, TargetBytes = 250, SmallFileRows = 1_000, TargetRows = 2_500, MinAge = TimeSpan.FromMinutes(2) };

    [Fact]
    public void Of_LargeFileInBetween_MergesOnlyNeighbours() =>
        Loads(Plan(Own(1), Own(2), Own(3, bytes: 100), Own(4), Own(5), Own(6))).ShouldBe(["4 5 6"]);

    [Fact]
    public void Of_TooFewFiles_MergesNothing() => Plan(Own(1), Own(2)).ShouldBeEmpty();

    [Fact]
    public void Of_YoungLoad_WaitsAndSplits() => Loads(Plan([Load(4) with { CompletedAt = Now }], Own(1), Own(2), Own(3), Own(4))).ShouldBe(["1 2 3"]);

    [Fact]
    public void Of_MoreThanTheTarget_MakesSeveralFiles() =>
        Loads(Plan([.. Enumerable.Range(1, 6).Select(id => Own(id, bytes: 80))])).ShouldBe(["1 2 3", "4 5 6"]);

    [Fact]
    public void Of_MoreRowsThanTheTarget_MakesSeveralFiles() =>
        Loads(Plan([.. Enumerable.Range(1, 6).Select(id => Own(id, rows: 800))])).ShouldBe(["1 2 3", "4 5 6"]);

    [Fact]
    public void Of_FileOfManyRows_IsNotSmall() =>
        Loads(Plan(Own(1), Own(2), Own(3, rows: 1_000), Own(4), Own(5), Own(6))).ShouldBe(["4 5 6"]);

    [Fact]
    public void Of_CompactedFiles_StayTogetherAndGrow()
    {
        var compacted = Compacted("a", 10, 1, 2, 3);
        var older = Compacted("b", 10, 1);
        Plan(compacted, older).ShouldBeEmpty();
        var group = Plan(compacted, older, Own(4)).ShouldHaveSingleItem();
        group.Files.Count.ShouldBe(3);
        group.Loads.Select(load => load.Id).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Of_WithdrawnLoad_RewritesItsFileAloneWithoutIt()
    {
        var withdrawn = Load(2) with { State = LoadStates.Withdrawn };
        var group = Plan([withdrawn], Compacted("a", 500, 1, 2, 3), Own(4)).ShouldHaveSingleItem();
        group.Loads.Select(load => load.Id).ShouldBe([1, 3]);
        group.Files.ShouldHaveSingleItem();
        Plan([withdrawn], Own(1), Own(2)).ShouldHaveSingleItem().Loads.ShouldBeEmpty();
    }

    private static IReadOnlyList<MergeGroup> Plan(params ListedFile[] files) => Plan([], files);

    private static IReadOnlyList<MergeGroup> Plan(ListedLoad[] special, params ListedFile[] files)
    {
        var others = files.SelectMany(file => file.Loads).Select(load => load.LoadId).Distinct().Except(special.Select(load => load.Id)).Select(Load);
        return MergePlan.Of(new LakeSnapshot(files, [.. special.Concat(others).OrderBy(load => load.Id)], [], Now), Options);
    }

    private static ListedLoad Load(long id) => new(id, "coupon", LoadStates.Completed, ReplaysLoadId: null, Now.AddHours(-1));

    private static ListedFile Own(long load, long bytes = 10, long rows = 1) => new($"coupon/load={load}/part-00000.parquet", load, rows, bytes, []);

    private static ListedFile Compacted(string name, long bytes, params long[] loads) =>
        new($"coupon/load={loads[^1]}/compact-{name}.parquet", LoadId: null, loads.Length, bytes, [.. loads.Select(load => new FileLoad(load, 1))]);

    private static IEnumerable<string> Loads(IReadOnlyList<MergeGroup> groups) => groups.Select(group => string.Join(' ', group.Loads.Select(load => load.Id)));
}
