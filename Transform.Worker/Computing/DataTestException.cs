namespace Dunnhumby.Transform.Worker.Computing;

/// <summary>The computed tables are not fit to be published.</summary>
/// <param name="test">The data test that says so.</param>
/// <param name="offendingRows">How many rows it found that should not be.</param>
internal sealed class DataTestException(string test, long offendingRows)
    : Exception($"The data test {test} found {offendingRows} rows that should not be: nothing was published.")
{
    internal string Test { get; } = test;

    internal long OffendingRows { get; } = offendingRows;
}
