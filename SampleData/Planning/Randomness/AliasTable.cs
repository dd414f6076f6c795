namespace Dunnhumby.SampleData.Planning.Randomness;

/// <summary>Draws from a fixed discrete distribution in constant time (Vose's alias method).</summary>
internal sealed class AliasTable
{
    // The chance of staying in a column, as a fraction of 2^32, and where to go otherwise.
    private readonly (uint Stay, int Alias)[] _columns;

    internal AliasTable(ReadOnlySpan<double> weights)
    {
        var count = weights.Length;
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        _columns = new (uint, int)[count];
        var scaled = new double[count];
        var small = new Stack<int>();
        var large = new Stack<int>();
        for (var index = 0; index < count; index++)
        {
            scaled[index] = weights[index] * count / total;
            (scaled[index] < 1 ? small : large).Push(index);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            var less = small.Pop();
            var more = large.Peek();
            _columns[less] = ((uint)(scaled[less] * uint.MaxValue), more);
            scaled[more] -= 1 - scaled[less];
            if (scaled[more] < 1)
            {
                small.Push(large.Pop());
            }
        }

        foreach (var index in small.Concat(large))
        {
            _columns[index] = (uint.MaxValue, index);
        }
    }

    /// <summary>The index that 64 random bits stand for.</summary>
    internal int Pick(ulong bits)
    {
        var column = (int)(((bits >> 32) * (ulong)_columns.Length) >> 32);
        var (stay, alias) = _columns[column];
        return (uint)bits <= stay ? column : alias;
    }
}
