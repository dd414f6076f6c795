using System.Collections.Concurrent;

namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>
/// Answers of the insights service with their ETags, shared by all circuits: a page's data is asked for twice within a moment
/// (prerendering, then the circuit) and does not change within a version.
/// </summary>
internal sealed class AnswerCache(TimeProvider time)
{
    /// <summary>Within this time an answer is used unasked; later it is checked with If-None-Match.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private const int Capacity = 256;

    private readonly ConcurrentDictionary<string, CachedAnswer> _answers = new(StringComparer.Ordinal);

    /// <summary>The cached answer of an address, fresh or not; null when there is none.</summary>
    internal CachedAnswer? Find(string address) => _answers.GetValueOrDefault(address);

    internal bool IsFresh(CachedAnswer answer) => time.GetUtcNow() - answer.CheckedAt < Fresh;

    /// <summary>Keeps an answer that the service has just given or confirmed.</summary>
    internal void Keep(string address, string etag, object value)
    {
        _answers[address] = new CachedAnswer(etag, value, time.GetUtcNow());
        while (_answers.Count > Capacity)
        {
            _answers.TryRemove(_answers.MinBy(pair => pair.Value.CheckedAt).Key, out _);
        }
    }

    /// <summary>Something was published: every answer is checked again before it is used.</summary>
    internal void Expire()
    {
        foreach (var (address, answer) in _answers)
        {
            _answers.TryUpdate(address, answer with { CheckedAt = DateTimeOffset.MinValue }, answer);
        }
    }
}

/// <summary>An answer as it was given, and when the service last confirmed it.</summary>
internal sealed record CachedAnswer(string ETag, object Value, DateTimeOffset CheckedAt);
