namespace Dunnhumby.Dashboard.Web.Samples;

/// <summary>How much of a file was sent; written by whoever sends it, read by whoever tells of it.</summary>
internal sealed class SampleShare : IProgress<double>
{
    private const int Whole = 100;
    private int _percent;

    internal int Percent => Volatile.Read(ref _percent);

    public void Report(double value) => Volatile.Write(ref _percent, (int)(value * Whole));
}
