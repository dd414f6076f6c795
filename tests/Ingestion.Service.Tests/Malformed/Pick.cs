using CsCheck;

namespace Dunnhumby.Ingestion.Service.Tests.Malformed;

internal static class Pick
{
    /// <summary>One of the values, each as likely as any other.</summary>
    internal static Gen<T> From<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
