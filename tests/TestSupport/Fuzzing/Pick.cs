using CsCheck;

namespace Dunnhumby.TestSupport.Fuzzing;

/// <summary>Choices of generated tests.</summary>
public static class Pick
{
    /// <summary>One of the values, each as likely as any other.</summary>
    public static Gen<T> From<T>(params IReadOnlyList<T> values) => Gen.Int[0, values.Count - 1].Select(index => values[index]);
}
