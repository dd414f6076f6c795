namespace Dunnhumby.Benchmarks.Results;

/// <summary>A bar and what was measured against it.</summary>
/// <param name="What">What is compared, in words.</param>
/// <param name="Value">As measured.</param>
/// <param name="Limit">The bar.</param>
/// <param name="IsLowerBound">The value must be at least the limit; otherwise at most.</param>
/// <param name="Unit">Of both: ×, s, MB, or nothing for a yes (1) and no (0).</param>
internal sealed record Verdict(string What, double Value, double Limit, bool IsLowerBound, string Unit)
{
    internal const string Ratio = "×";
    internal const string Megabytes = "MB";
    internal const string Seconds = "s";
    internal const string YesOrNo = "";

    /// <summary>Whether the bar is met.</summary>
    public bool Holds => IsLowerBound ? Value >= Limit : Value <= Limit;

    internal static Verdict AtMost(string what, double value, double limit, string unit) => new(what, value, limit, IsLowerBound: false, unit);

    internal static Verdict AtLeast(string what, double value, double limit, string unit) => new(what, value, limit, IsLowerBound: true, unit);

    internal static Verdict Must(string what, bool isSo) => new(what, isSo ? 1 : 0, 1, IsLowerBound: true, YesOrNo);
}
