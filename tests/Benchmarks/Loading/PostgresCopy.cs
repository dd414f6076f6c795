using System.Diagnostics;
using Dunnhumby.Benchmarks.Stack;
using Dunnhumby.TestSupport.Servers;

namespace Dunnhumby.Benchmarks.Loading;

/// <summary>S1's peer: <c>psql \copy</c> of the file into a plain table, without key or index.</summary>
internal static class PostgresCopy
{
    private const string CreateTable = """
        drop table if exists plain_transactions;
        create table plain_transactions (
            household_key integer, basket_id bigint, day integer, product_id integer, quantity integer, sales_value numeric(9, 2), store_id integer,
            retail_disc numeric(9, 2), trans_time integer, week_no integer, coupon_disc numeric(9, 2), coupon_match_disc numeric(9, 2));
        checkpoint
        """;

    internal static async Task<double> RunAsync(BenchmarkStack stack, string csv, CancellationToken cancellationToken)
    {
        await stack.QueryAsync(CreateTable, cancellationToken);
        var start = new ProcessStartInfo(PostgresServer.Program("psql"))
        {
            ArgumentList =
            {
                "-X", "-q", "-h", "127.0.0.1", "-p", $"{stack.Postgres.Port}", "-U", stack.Postgres.Username, "-d", "warehouse", "-v", "ON_ERROR_STOP=1",
                "-c", $@"\copy plain_transactions from '{csv}' with (format csv, header true)",
            },
            Environment = { ["PGPASSWORD"] = stack.Postgres.Password },
        };
        var started = Stopwatch.GetTimestamp();
        using var psql = Process.Start(start) ?? throw new InvalidOperationException("psql did not start.");
        await psql.WaitForExitAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return psql.ExitCode == 0 ? seconds : throw new InvalidOperationException($"psql ended with {psql.ExitCode}.");
    }

    internal static async Task<long> RowsAsync(BenchmarkStack stack, CancellationToken cancellationToken) =>
        Convert.ToInt64(await stack.QueryAsync("select count(*) from plain_transactions", cancellationToken), provider: null);
}
