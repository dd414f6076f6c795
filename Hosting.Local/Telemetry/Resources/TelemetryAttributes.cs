namespace Dunnhumby.Hosting.Local.Telemetry.Resources;

/// <summary>Names and values as text, in the order they were sent; arrays and maps are JSON. Immutable.</summary>
public sealed class TelemetryAttributes : IEquatable<TelemetryAttributes>
{
    private readonly KeyValuePair<string, string>[] _items;

    internal TelemetryAttributes(KeyValuePair<string, string>[] items, int dropped)
    {
        _items = items;
        Dropped = dropped;
        foreach (var (key, value) in items)
        {
            TextLength += key.Length + value.Length;
        }
    }

    public static TelemetryAttributes None { get; } = new([], 0);

    public IReadOnlyList<KeyValuePair<string, string>> Items => _items;

    /// <summary>How many are missing: dropped by the sender, or over <see cref="TelemetryLimits.Attributes"/>.</summary>
    public int Dropped { get; }

    internal int TextLength { get; }

    /// <summary>The value, or null when there is no such name.</summary>
    public string? Find(string name)
    {
        foreach (var (key, value) in _items)
        {
            if (string.Equals(key, name, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Same names and values in the same order.</summary>
    public bool Equals(TelemetryAttributes? other) => other is not null && (ReferenceEquals(this, other) || _items.AsSpan().SequenceEqual(other._items));

    public override bool Equals(object? obj) => Equals(obj as TelemetryAttributes);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (key, value) in _items)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(", ", _items.Select(item => $"{item.Key}={item.Value}"));

    /// <summary>The same set in the order of its names, so that equal sets are equal however they were sent.</summary>
    internal TelemetryAttributes Sorted()
    {
        var sorted = _items.ToArray();
        Array.Sort(sorted, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return new TelemetryAttributes(sorted, Dropped);
    }
}
