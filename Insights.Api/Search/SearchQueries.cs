using System.Runtime.CompilerServices;
using Dunnhumby.Contracts.Search;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Search;

/// <summary>
/// Searches <c>search_entries</c> by the words of their texts, which <c>search_words</c> has. Words are compared by trigrams (groups of three letters), which forgives typing errors: a word
/// is found where a word of the text has most of its trigrams.
/// </summary>
internal sealed class SearchQueries(NpgsqlDataSource database)
{
    internal const string Entries = "search_entries";
    internal const string Words = "search_words";

    /// <summary>How much of a word's trigrams a word of the text must have: <c>bananna</c> has 5 of 8 in BANANAS, which is 0.625, and <c>beaf</c> 2 of 5 in BEEF.</summary>
    private const string Threshold = "0.4";

    private const int MostKnown = 500;

    /// <summary>People search for the same words.</summary>
    private readonly ConditionalWeakTable<PublishedVersion, Remembered<string, IReadOnlyList<SearchEntry>>> _known = [];

    /// <summary>The entries that fit best, at most <paramref name="limit"/>.</summary>
    /// <param name="version">Whose entries.</param>
    /// <param name="words">All of them are in each entry.</param>
    /// <param name="kind">Null for every kind.</param>
    /// <param name="limit">How many.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    internal async Task<IReadOnlyList<SearchEntry>> FindAsync(PublishedVersion version, SearchWords words, string? kind, int limit, CancellationToken cancellationToken)
    {
        var known = _known.GetValue(version, static _ => new Remembered<string, IReadOnlyList<SearchEntry>>(MostKnown));
        return await known.GetAsync($"{limit} {kind}: {string.Join(' ', words.All)}", async _ => await ReadAsync(version, words, kind, limit, cancellationToken)) ?? [];
    }

    private async Task<IReadOnlyList<SearchEntry>> ReadAsync(PublishedVersion version, SearchWords words, string? kind, int limit, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        // Both commands are one transaction, for which the threshold holds: the index compares with it.
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"select set_config('pg_trgm.word_similarity_threshold', '{Threshold}', true)"));
        batch.BatchCommands.Add(Command(version, words, kind, limit));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ListAsync(
            row => new SearchEntry(
                row.Value<string>("kind"), row.Value<string>("key"), row.Value<string>("text"), row.TextOrNull("detail"), row.Value<decimal>("sales_value"), row.Value<decimal>("score"),
                AddressOf(row.Value<string>("kind"), row.Value<string>("key"))),
            cancellationToken);
    }

    /// <summary>
    /// Words are searched, and entries taken by their texts: there are a few hundred words, a few thousand texts, and a word such as GROCERY is in half of the products. A text fits as well as
    /// its words do on average, and half as much again the fewer words it has besides. Of texts that fit equally well, and of entries with one text, those that sold more come first.
    /// </summary>
    internal static NpgsqlBatchCommand Command(PublishedVersion version, SearchWords words, string? kind, int limit)
    {
        var command = new NpgsqlBatchCommand();
        var most = Parameter(limit);
        var places = words.All.ToDictionary(word => word, Parameter, StringComparer.Ordinal);
        var isKind = kind is null ? "true" : $"kind = {Parameter(kind)}";
        var hits = string.Join("\nunion all\n", places.Values.Select((place, index) =>
            $"""
            select {index} as place, kind, text, text_words, sales_value, insights.word_similarity({place}, word)::numeric as fit
            from {version.Schema}.{Words}
            where {place} operator(insights.<%) word and {isKind}
            """));
        command.CommandText =
            $"""
            with hits as (
                {hits}
            ),
            best as (
                select place, kind, text, text_words, sales_value, max(fit) as fit
                from hits
                group by place, kind, text, text_words, sales_value
            ),
            texts as (
                select kind, text, round(sum(fit) / {places.Count} + sum(fit) / greatest(text_words, {places.Count}) / 2, 6) as score
                from best
                group by kind, text, text_words, sales_value
                having count(*) = {places.Count}
                order by score desc, sales_value desc, kind, text
                limit {most}
            ),
            numbered as (
                select kind, key, text, detail, sales_value, 2.0 as score
                from {version.Schema}.{Entries}
                where key = any({Parameter(words.Numbers.ToArray())}) and {Have(words.Others)} and {isKind}
            ),
            named as (
                select entry.kind, entry.key, entry.text, entry.detail, entry.sales_value, texts.score
                from texts
                cross join lateral (
                    select *
                    from {version.Schema}.{Entries} as one
                    where one.kind = texts.kind and one.text = texts.text
                    order by one.sales_value desc, one.key
                    limit {most}
                ) as entry
            )
            select kind, key, text, detail, sales_value, score from numbered
            union all
            select kind, key, text, detail, sales_value, score from named where (kind, key) not in (select kind, key from numbered)
            order by score desc, sales_value desc, kind, key
            limit {most}
            """;
        return command;

        string Have(IReadOnlyList<string> wanted) => wanted.Count == 0 ? "true" : string.Join(" and ", wanted.Select(word => $"{places[word]} operator(insights.<%) text"));

        string Parameter(object value)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
            return $"${command.Parameters.Count}";
        }
    }

    private static string AddressOf(string kind, string key) => kind switch
    {
        "product" => $"/products/{key}",
        "household" => $"/households/{key}",
        "campaign" => $"/campaigns/{key}",
        _ => $"/products?{kind}={Uri.EscapeDataString(key)}",
    };
}
