using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Dunnhumby.Benchmarks.Answers;

/// <summary>S5's peer: the least that can answer over HTTP from the same rows. No key, no limits, no version, no telemetry, no logging.</summary>
internal static class MinimalApi
{
    internal static async Task RunAsync(string address, string warehouse, string schema, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, MinimalJson.Default));
        await using var database = NpgsqlDataSource.Create(warehouse);
        await using var dayOne = database.CreateCommand("select day_one from insights.versions order by version desc limit 1");
        var calendar = await dayOne.ExecuteScalarAsync(cancellationToken) is DateOnly first ? first : throw new InvalidOperationException("Nothing was published.");
        await using var app = builder.Build();
        app.Urls.Add(address);
        app.MapGet("/health", () => TypedResults.Ok());
        app.MapGet("/households/{id:int}", (int id, CancellationToken aborted) => FindAsync(database, MinimalRows.Household(schema), id, MinimalRows.Household, aborted));
        app.MapGet("/products/{id:int}", (int id, CancellationToken aborted) => FindAsync(database, MinimalRows.Product(schema), id, row => MinimalRows.Product(row, calendar), aborted));
        app.MapGet("/campaigns/{id:int}", (int id, CancellationToken aborted) => FindAsync(database, MinimalRows.Campaign(schema), id, row => MinimalRows.Campaign(row, calendar), aborted));
        app.MapGet("/tables/daily_sales", async Task<Ok<List<DailySales>>> (int from, int to, CancellationToken aborted) =>
        {
            await using var command = database.CreateCommand(MinimalRows.Days(schema));
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = from });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = to });
            await using var row = await command.ExecuteReaderAsync(aborted);
            List<DailySales> days = [];
            while (await row.ReadAsync(aborted))
            {
                days.Add(MinimalRows.Day(row));
            }

            return TypedResults.Ok(days);
        });
        await ((IHost)app).RunAsync(cancellationToken);
    }

    private static async Task<Results<Ok<T>, NotFound>> FindAsync<T>(NpgsqlDataSource database, string sql, int id, Func<NpgsqlDataReader, T> read, CancellationToken aborted)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
        await using var row = await command.ExecuteReaderAsync(aborted);
        return await row.ReadAsync(aborted) ? TypedResults.Ok(read(row)) : TypedResults.NotFound();
    }
}
