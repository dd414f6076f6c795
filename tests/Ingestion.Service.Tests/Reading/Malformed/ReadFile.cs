namespace Dunnhumby.Ingestion.Service.Tests.Reading.Malformed;

/// <summary>What became of a file.</summary>
/// <param name="IsRefused">The whole file was refused; then everything else is empty.</param>
internal sealed record ReadFile(bool IsRefused, long Read, long Deduplicated, long BlankLines, IReadOnlyList<string> Rows, IReadOnlyList<(long Line, long ByteOffset)> Quarantined)
{
    internal static ReadFile Refused { get; } = new(IsRefused: true, 0, 0, 0, [], []);

    /// <summary>Both sides must agree on everything, whatever the order of the rows.</summary>
    internal void ShouldBe(ReadFile expected)
    {
        (IsRefused, Read, Deduplicated, BlankLines).ShouldBe((expected.IsRefused, expected.Read, expected.Deduplicated, expected.BlankLines));
        Rows.Order(StringComparer.Ordinal).ShouldBe(expected.Rows.Order(StringComparer.Ordinal));
        Quarantined.Order().ShouldBe(expected.Quarantined.Order());
        Read.ShouldBe(Rows.Count + Quarantined.Count + Deduplicated);
    }
}
