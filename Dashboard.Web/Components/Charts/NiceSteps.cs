namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>Round values for an axis that starts at 0: steps of 1, 2, 2.5 or 5 times a power of ten.</summary>
internal static class NiceSteps
{
    private static readonly double[] Factors = [1, 2, 2.5, 5, 10];

    /// <summary>0 and round steps up to the first at or above <paramref name="max"/>, with at most <paramref name="count"/> steps.</summary>
    internal static IReadOnlyList<double> UpTo(double max, int count)
    {
        if (max <= 0)
        {
            return [0, 1];
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(max / count)));
        var step = Factors.Select(factor => factor * power).First(candidate => candidate * count >= max * (1 - 1e-9));
        var steps = (int)Math.Ceiling((max / step) - 1e-9);
        return [.. Enumerable.Range(0, steps + 1).Select(index => index * step)];
    }
}
