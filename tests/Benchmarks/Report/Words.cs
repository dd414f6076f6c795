using System.Globalization;
using Dunnhumby.Benchmarks.Results;

namespace Dunnhumby.Benchmarks.Report;

/// <summary>Verdicts in words.</summary>
internal static class Words
{
    internal const string FallsShort = "falls short";

    internal static string Of(Verdict verdict) => verdict.Unit.Length == 0
        ? verdict.Holds ? "yes" : $"no, {FallsShort}"
        : $"{Value(verdict)} (bar {Bar(verdict)}){(verdict.Holds ? "" : $", {FallsShort}")}";

    internal static string Value(Verdict verdict) => verdict.Unit.Length == 0 ? verdict.Value > 0 ? "yes" : "no" : $"{Number(verdict.Value, verdict.Unit)} {verdict.Unit}";

    internal static string Bar(Verdict verdict) => verdict.Unit.Length == 0 ? "yes" : $"{(verdict.IsLowerBound ? "≥" : "≤")} {Number(verdict.Limit, verdict.Unit)} {verdict.Unit}";

    private static string Number(double value, string unit) =>
        value.ToString(string.Equals(unit, Verdict.Megabytes, StringComparison.Ordinal) ? "0" : "0.00", CultureInfo.InvariantCulture);
}
