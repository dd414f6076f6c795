using Dunnhumby.Contracts.Households;
using Dunnhumby.Contracts.Insights;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dunnhumby.Benchmarks.Households;

/// <summary>S5's peer: the least that can answer a household over HTTP from the same row. No key, no limits, no version, no telemetry, no logging.</summary>
internal static class MinimalApi
{
    private const int FirstSection = 15;

    internal static async Task RunAsync(string address, string warehouse, string schema, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, MinimalJson.Default));
        await using var database = NpgsqlDataSource.Create(warehouse);
        var sql = "select household_key, age_45_plus, income_50k_plus, single_couple_family, has_kids, single, couple, first_day, last_day, baskets, "
            + $"r_score, f_score, m_score, rfm_score, rfm_bin, {string.Join(", ", Sections.All)}, total_sales from {schema}.household_summary where household_key = $1";
        await using var app = builder.Build();
        app.Urls.Add(address);
        app.MapGet("/health", () => TypedResults.Ok());
        app.MapGet("/households/{id:int}", async Task<Results<Ok<Household>, NotFound>> (int id, CancellationToken aborted) =>
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
            await using var row = await command.ExecuteReaderAsync(aborted);
            return await row.ReadAsync(aborted) ? TypedResults.Ok(Read(row)) : TypedResults.NotFound();
        });
        await ((IHost)app).RunAsync(cancellationToken);
    }

    private static Household Read(NpgsqlDataReader row)
    {
        var sections = new OrderedDictionary<string, decimal>(Sections.All.Count, StringComparer.Ordinal);
        for (var index = 0; index < Sections.All.Count; index++)
        {
            sections.Add(Sections.All[index], row.GetDecimal(FirstSection + index));
        }

        return new Household(
            row.GetInt32(0),
            Optional<bool>(1),
            Optional<bool>(2),
            Optional<int>(3),
            Optional<bool>(4),
            Optional<bool>(5),
            Optional<bool>(6),
            row.GetInt32(7),
            row.GetInt32(8),
            row.GetInt32(9),
            row.GetInt32(10),
            row.GetInt32(11),
            row.GetInt32(12),
            row.GetInt32(13),
            row.GetInt32(14),
            sections,
            row.GetDecimal(FirstSection + Sections.All.Count));

        T? Optional<T>(int column)
            where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
    }
}
