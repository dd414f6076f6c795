using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dunnhumby.Insights.Api.Households;
using Dunnhumby.Insights.Api.Search;
using Dunnhumby.Insights.Api.Tables;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Dunnhumby.Insights.Api.Assistants;

/// <summary>What an assistant can ask. Answers are the same JSON as over HTTP; what cannot be answered is an error that says what to do.</summary>
[McpServerToolType]
internal sealed class AssistantTools(AssistantAnswers answers, TableShapes shapes, RowQueries rows, HouseholdQueries households, SearchQueries search)
{
    private const string VersionText = "Answer from this former version; the current one when left out.";

    [McpServerTool(Name = "list_tables", Title = "List tables", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("The published tables: what each holds, what one row is, how many rows it has, and whether its figures are older than the version. The names go to describe_table and query_table.")]
    public Task<CallToolResult> ListTables([Description(VersionText)] int? version = null, CancellationToken cancellationToken = default) => answers.FromAsync(
        version,
        published => Task.FromResult(AssistantAnswers.Json(new ListedTables(published.Answer.Version,
        [
            .. published.Tables.Select(table => new ListedTable(
                table.Name, table.About?.Subject, table.About?.Description ?? "", table.Grain, table.Rows,
                IsOlder: published.Answer.StaleTables.Any(stale => Is(stale.Name, table.Name)) || published.Answer.WaitingTables.Any(waiting => Is(waiting.Name, table.Name)))),
        ]))),
        cancellationToken);

    [McpServerTool(Name = "describe_table", Title = "Describe a table", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("What a table holds: its grain and key, and of every column its type, meaning, unit, the source of its formula, and whether sums over rows mean something.")]
    public Task<CallToolResult> DescribeTable(
        [Description("A table's name, as list_tables gives it.")] string table, [Description(VersionText)] int? version = null, CancellationToken cancellationToken = default) => answers.FromAsync(
        version,
        published => Task.FromResult(
            ToolRefusals.OfTable(table, published) is { } refusal ? AssistantAnswers.Refused(refusal)
            : AssistantAnswers.Json(published.Tables.First(known => Is(known.Name, table)))),
        cancellationToken);

    [McpServerTool(Name = "query_table", Title = "Query a table", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description(
        "Rows of a table, filtered and sorted, a page at a time, with the number of all rows that the filters leave and the sums of the columns that add up. "
        + "Call describe_table first for the columns. For the next page give next as after, with the same sort and filters.")]
    public Task<CallToolResult> QueryTable(
        [Description("A table's name, as list_tables gives it.")] string table,
        [Description("The columns to show; all when left out.")] string[]? columns = null,
        [Description("""By column the value that rows must have, or a list of values of which they have any: {"department": "DELI", "week_no": [90, 91]}. Texts are exact.""")]
        Dictionary<string, JsonElement>? filters = null,
        [Description("Keep rows of this DAY, WEEK_NO or quarter and later ones, of a table whose key has one.")] int? from = null,
        [Description("Keep rows up to this DAY, WEEK_NO or quarter.")] int? to = null,
        [Description("A column to sort by, with a minus sign before it for descending: -sales_value. The key when left out.")] string? sort = null,
        [Description("How many rows at most: 1 to 1,000, 50 when left out.")] int? limit = null,
        [Description("The next of the page before.")] string? after = null,
        [Description(VersionText)] int? version = null,
        CancellationToken cancellationToken = default) => answers.FromAsync(
        version,
        async published =>
        {
            if (ToolRefusals.OfTable(table, published) is { } refusal)
            {
                return AssistantAnswers.Refused(refusal);
            }

            var shape = await shapes.GetAsync(published, table, cancellationToken);
            var names = (columns ?? []).Select(name => (Given: name, Column: ColumnQuestion.Find(shape, name))).ToList();
            if (limit is < 1 or > RowsRequest.MaxLimit)
            {
                return AssistantAnswers.Refused($"limit takes a whole number from 1 to {RowsRequest.MaxLimit}.");
            }

            var reading = RowQueryReading.Read(
                shape, new RowsRequest { From = from, To = to, Sort = ColumnQuestion.Sort(shape, sort), Limit = limit, After = after }, ColumnQuestion.Filters(shape, filters));
            string[] unknown = [.. reading.Unknown, .. names.Where(name => name.Column is null).Select(name => name.Given)];
            if (unknown.Length > 0)
            {
                return AssistantAnswers.Refused(
                    $"{table} has no {string.Join(", ", unknown.Select(name => $"'{name}'"))}. Its columns are {string.Join(", ", shape.Columns.Select(column => column.Name))}"
                    + $"{(shape.Time is { } time ? $"; from and to are about {time.Name}" : "; it takes no from and to")}.");
            }

            return reading.Query is { } query
                ? AssistantAnswers.Json(ColumnQuestion.Only(await rows.ReadAsync(published, query, cancellationToken), [.. names.Select(name => name.Column!.Name)])) // None is null.
                : AssistantAnswers.Refused(string.Join(' ', reading.Errors.Values.SelectMany(messages => messages)));
        },
        cancellationToken);

    [McpServerTool(Name = "search", Title = "Search", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description(
        "Products, commodities, departments, households and campaigns by words or numbers, the best first: what the user's words are called in the tables. Wrong or missing letters are forgiven. "
        + "The keys and names found go to query_table as filters.")]
    public Task<CallToolResult> Search(
        [Description("Up to eight words or numbers, as in soft drinks 12.")] string query,
        [Description("Keep entries of this kind: product, commodity, department, household or campaign.")] string? kind = null,
        [Description("How many entries at most: 1 to 100, 20 when left out.")] int? limit = null,
        [Description(VersionText)] int? version = null,
        CancellationToken cancellationToken = default) => answers.FromAsync(
        version,
        async published =>
        {
            if (query.Length > SearchRequest.MostCharacters)
            {
                return AssistantAnswers.Refused($"query takes up to {SearchRequest.MostCharacters} characters.");
            }

            if (SearchWords.Read(query) is not { } words)
            {
                return AssistantAnswers.Refused($"query takes 1 to {SearchWords.Most} words of letters or digits.");
            }

            var request = new SearchRequest { Q = query, Kind = kind, Limit = limit };
            List<ValidationResult> mistakes = [];
            if (!Validator.TryValidateObject(request, new ValidationContext(request), mistakes, validateAllProperties: true))
            {
                return AssistantAnswers.Refused(string.Join(' ', mistakes.Select(mistake => mistake.ErrorMessage)));
            }

            return ToolRefusals.OfTable(SearchQueries.Entries, published) is { } refusal
                ? AssistantAnswers.Refused(refusal)
                : AssistantAnswers.Json(await search.FindAsync(published, words, request.Kind, request.PageSize, cancellationToken));
        },
        cancellationToken);

    [McpServerTool(Name = "get_household", Title = "Get a household", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("A household's profile, scores, and spend by section of the store in dollars. Flags are null where the panel has no demographics.")]
    public Task<CallToolResult> GetHousehold(
        [Description("The household's number, household_key of the tables.")] int householdKey, [Description(VersionText)] int? version = null, CancellationToken cancellationToken = default) =>
        answers.FromAsync(
            version,
            async published => ToolRefusals.OfTable("household_summary", published) is { } refusal ? AssistantAnswers.Refused(refusal)
                : await households.FindAsync(published, householdKey, cancellationToken) is { } household ? AssistantAnswers.Json(household)
                : AssistantAnswers.Refused($"There is no household {householdKey}. query_table of household_summary lists those that there are."),
            cancellationToken);

    [McpServerTool(Name = "get_version", Title = "Get the version", ReadOnly = true, Idempotent = true, Destructive = false, OpenWorld = false)]
    [Description("The published version: when it was published, which date DAY 1 is, from which loads it was made, what was left out, and which tables are out of date and why. Version 0 when nothing was published yet.")]
    public Task<CallToolResult> GetVersion([Description(VersionText)] int? version = null, CancellationToken cancellationToken = default) =>
        answers.FromAsync(version, published => Task.FromResult(AssistantAnswers.Json(published.Answer)), cancellationToken);

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.Ordinal);
}

/// <summary>The tables of a version, as assistants are told.</summary>
internal sealed record ListedTables(int Version, IReadOnlyList<ListedTable> Tables);

/// <summary>A table, as assistants are told.</summary>
/// <param name="Name">As in <c>GET /tables/{name}</c>.</param>
/// <param name="Subject">What it is about, in one word; null for a version from before that was kept.</param>
/// <param name="Description">What it holds.</param>
/// <param name="Grain">What one row is.</param>
/// <param name="Rows">Row count.</param>
/// <param name="IsOlder">Whether its figures are of a version before.</param>
internal sealed record ListedTable(string Name, string? Subject, string Description, string Grain, long Rows, bool IsOlder);
