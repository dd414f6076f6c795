using System.Collections.Concurrent;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>What was read from one version before. A version never changes, so this is what the database would answer; it is forgotten with its version.</summary>
/// <param name="most">How many are kept. One more starts anew: what is asked for often is soon here again.</param>
internal sealed class Remembered<TKey, TValue>(int most)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, TValue> _values = new();

    /// <summary>The value of a key, read when it is not known. That there is none is not kept.</summary>
    internal async ValueTask<TValue?> GetAsync(TKey key, Func<TKey, Task<TValue?>> read)
    {
        if (_values.TryGetValue(key, out var known))
        {
            return known;
        }

        if (await read(key) is not { } value)
        {
            return null;
        }

        Keep(key, value);
        return value;
    }

    /// <summary>The value of a key; null when it is not known.</summary>
    internal TValue? Find(TKey key) => _values.GetValueOrDefault(key);

    /// <summary>Keeps what was read in another way.</summary>
    internal void Keep(TKey key, TValue value)
    {
        if (_values.Count >= most)
        {
            _values.Clear();
        }

        _values.TryAdd(key, value);
    }
}
