using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using Dunnhumby.Benchmarks.Measuring;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Publishing;
using Npgsql;
using NpgsqlTypes;

namespace Dunnhumby.Benchmarks.Copies;

/// <summary>
/// Times our encoder of Postgres's binary COPY against Npgsql's importer. Every side reads the same rows from DuckDB, the decimals as whole cents, and fills a table
/// of its own. Tables are unlogged, so that the disk is no part of it.
/// </summary>
internal static class CopyComparison
{
    private const int FlushAt = 1 << 16;
    private const int Scale = 2;

    /// <summary>Ten times those of the panel: with 2,500 rows the copy is too short to time.</summary>
    private const int HouseholdRows = 25_000;

    private const string Ours = "ours";

    /// <summary>Npgsql's default is 8 KiB; a larger buffer means fewer calls of the system.</summary>
    private const int LargeBuffer = 1 << 16;

    private delegate Task<long> Copy(NpgsqlConnection target, string table, CopiedColumn[] columns, DbDataReader source, CancellationToken cancellationToken);

    /// <summary>Prints the median of each side for tables like daily_household_spend and household_summary.</summary>
    /// <param name="rows">Of the larger table.</param>
    /// <returns>The exit code: 1 when the sides made different tables.</returns>
    internal static async Task<int> RunAsync(int rows, int runs, CancellationToken cancellationToken)
    {
        await using var server = await PostgresServer.StartAsync(cancellationToken: cancellationToken);
        await using var target = new NpgsqlConnection(server.ConnectionString());
        await using var largeTarget = new NpgsqlConnection($"{server.ConnectionString()};Write Buffer Size={LargeBuffer}");
        await target.OpenAsync(cancellationToken);
        await largeTarget.OpenAsync(cancellationToken);
        await using var source = new DuckDBConnection("DataSource=:memory:");
        await source.OpenAsync(cancellationToken);
        (string Name, NpgsqlConnection Target, Copy Copy)[] sides =
        [
            (Ours, target, OursAsync), ("Write", target, WriteAsync), ("Write, 64 KiB", largeTarget, WriteAsync), ("WriteAsync", target, EachWriteAsync),
        ];
        foreach (var (table, columns, count) in Tables(rows))
        {
            var times = sides.ToDictionary(side => side.Name, _ => new List<(double Wall, double Processor)>(), StringComparer.Ordinal);
            for (var run = 0; run <= runs; run++)
            {
                // Each run begins with another one, so that none always follows the same.
                foreach (var (side, (name, connection, copy)) in sides.Index().Skip(run % sides.Length).Concat(sides.Index().Take(run % sides.Length)))
                {
                    var time = await TimeAsync(connection, $"{table}_{side}", columns, source, count, copy, cancellationToken);
                    if (run > 0)
                    {
                        times[name].Add(time);
                    }
                }
            }

            for (var side = 1; side < sides.Length; side++)
            {
                if (await DifferencesAsync(target, $"{table}_0", $"{table}_{side}", cancellationToken) is var differences and not 0)
                {
                    await Console.Error.WriteLineAsync($"{sides[side].Name} made another table of {table}: {differences} rows differ.");
                    return 1;
                }
            }

            Report(table, count, runs, times);
        }

        return 0;
    }

    private static IEnumerable<(string Table, CopiedColumn[] Columns, int Rows)> Tables(int rows)
    {
        CopiedColumn[] spend = [.. Enumerable.Range(1, 16).Select(number => new CopiedColumn($"spend_{number}", NpgsqlDbType.Numeric))];
        CopiedColumn[] flags = [.. Enumerable.Range(1, 6).Select(number => new CopiedColumn($"flag_{number}", NpgsqlDbType.Boolean))];
        CopiedColumn[] scores = [.. Enumerable.Range(1, 9).Select(number => new CopiedColumn($"score_{number}", NpgsqlDbType.Integer))];
        yield return ("daily_household_spend", [new("day", NpgsqlDbType.Integer), new("household_key", NpgsqlDbType.Integer), .. spend], rows);
        yield return ("household_summary", [new("household_key", NpgsqlDbType.Integer), .. flags, .. scores, .. spend, new("has_demographics", NpgsqlDbType.Boolean)], HouseholdRows);
    }

    /// <summary>Rows whose values vary in length: most sums of a section are zero, as on a household's day; flags are null for two thirds.</summary>
    private static string Select(CopiedColumn[] columns, int rows)
    {
        var expressions = columns.Select((column, index) => column.Type switch
        {
            NpgsqlDbType.Integer => $"(hash(i, {index}) % 2500)::integer",
            NpgsqlDbType.Boolean => $"case when i % 3 = 0 then hash(i, {index}) % 2 = 0 end",
            _ => $"case when hash(i, {index}) % 3 = 0 then (hash(i, {index}, 1) % 25000)::bigint - 500 else 0 end",
        });
        return $"select {string.Join(", ", expressions)} from range({rows}) as numbers(i)";
    }

    private static async Task<(double Wall, double Processor)> TimeAsync(
        NpgsqlConnection target, string table, CopiedColumn[] columns, DuckDBConnection source, int rows, Copy copy, CancellationToken cancellationToken)
    {
        await ExecuteAsync(target, $"drop table if exists {table}; create unlogged table {table} ({string.Join(", ", columns.Select(column => column.Declaration))})", cancellationToken);
        await ExecuteAsync(target, "checkpoint", cancellationToken);
        GC.Collect();
        await using var command = source.CreateCommand();
        command.CommandText = Select(columns, rows);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        var copied = await copy(target, table, columns, reader, cancellationToken);
        return copied == rows
            ? (Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds)
            : throw new InvalidOperationException($"{copied} rows of {rows} were copied into {table}.");
    }

    private static async Task<long> OursAsync(NpgsqlConnection target, string table, CopiedColumn[] columns, DbDataReader source, CancellationToken cancellationToken)
    {
        await using var stream = await target.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)", cancellationToken);
        var buffer = new CopyBuffer();
        buffer.Header();
        long rows = 0;
        for (; await source.ReadAsync(cancellationToken); rows++)
        {
            buffer.Row(columns.Length);
            for (var field = 0; field < columns.Length; field++)
            {
                if (source.IsDBNull(field))
                {
                    buffer.Null();
                    continue;
                }

                switch (columns[field].Type)
                {
                    case NpgsqlDbType.Integer:
                        buffer.Int32(source.GetInt32(field));
                        break;
                    case NpgsqlDbType.Boolean:
                        buffer.Boolean(source.GetBoolean(field));
                        break;
                    default:
                        buffer.Numeric(source.GetInt64(field), Scale);
                        break;
                }
            }

            if (buffer.Written.Length >= FlushAt)
            {
                await stream.WriteAsync(buffer.Written, cancellationToken);
                buffer.Clear();
            }
        }

        buffer.Trailer();
        await stream.WriteAsync(buffer.Written, cancellationToken);
        return rows;
    }

    /// <summary>Npgsql's importer without a task per value: the shortest way through it.</summary>
    private static async Task<long> WriteAsync(NpgsqlConnection target, string table, CopiedColumn[] columns, DbDataReader source, CancellationToken cancellationToken)
    {
        await using var importer = await target.BeginBinaryImportAsync($"copy {table} from stdin (format binary)", cancellationToken);
        while (await source.ReadAsync(cancellationToken))
        {
#pragma warning disable CA1849, MA0042, S6966 // What is measured: values one by one, written while the row is in memory.
            importer.StartRow();
            for (var field = 0; field < columns.Length; field++)
            {
                if (source.IsDBNull(field))
                {
                    importer.WriteNull();
                    continue;
                }

                switch (columns[field].Type)
                {
                    case NpgsqlDbType.Integer:
                        importer.Write(source.GetInt32(field), NpgsqlDbType.Integer);
                        break;
                    case NpgsqlDbType.Boolean:
                        importer.Write(source.GetBoolean(field), NpgsqlDbType.Boolean);
                        break;
                    default:
                        importer.Write(Decimal(source.GetInt64(field)), NpgsqlDbType.Numeric);
                        break;
                }
            }
#pragma warning restore CA1849, MA0042, S6966
        }

        return (long)await importer.CompleteAsync(cancellationToken);
    }

    private static async Task<long> EachWriteAsync(NpgsqlConnection target, string table, CopiedColumn[] columns, DbDataReader source, CancellationToken cancellationToken)
    {
        await using var importer = await target.BeginBinaryImportAsync($"copy {table} from stdin (format binary)", cancellationToken);
        while (await source.ReadAsync(cancellationToken))
        {
            await importer.StartRowAsync(cancellationToken);
            for (var field = 0; field < columns.Length; field++)
            {
                if (await source.IsDBNullAsync(field, cancellationToken))
                {
                    await importer.WriteNullAsync(cancellationToken);
                    continue;
                }

                await (columns[field].Type switch
                {
                    NpgsqlDbType.Integer => importer.WriteAsync(source.GetInt32(field), NpgsqlDbType.Integer, cancellationToken),
                    NpgsqlDbType.Boolean => importer.WriteAsync(source.GetBoolean(field), NpgsqlDbType.Boolean, cancellationToken),
                    _ => importer.WriteAsync(Decimal(source.GetInt64(field)), NpgsqlDbType.Numeric, cancellationToken),
                });
            }
        }

        return (long)await importer.CompleteAsync(cancellationToken);
    }

    /// <summary>Cents as a decimal, without a division.</summary>
    private static decimal Decimal(long cents)
    {
        var size = Math.Abs(cents);
        return new decimal((int)size, (int)(size >> 32), hi: 0, isNegative: cents < 0, Scale);
    }

    /// <summary>The rows that only one of two tables has, repeated ones as often as they are there.</summary>
    private static async Task<long> DifferencesAsync(NpgsqlConnection target, string one, string other, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"select count(*) from ((table {one} except all table {other}) union all (table {other} except all table {one})) as differences", target);
        return await command.ExecuteScalarAsync(cancellationToken) is long rows ? rows : throw new InvalidOperationException("Postgres counted nothing.");
    }

    private static async Task ExecuteAsync(NpgsqlConnection target, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, target);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Report(string table, int rows, int runs, Dictionary<string, List<(double Wall, double Processor)>> times)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}, {rows} rows, {runs} runs (median; as a multiple of ours; this process's processor time):"));
        var ours = Medians(times[Ours]);
        foreach (var (name, values) in times)
        {
            var (wall, processor) = Medians(values);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {name,-14} {wall * 1000,8:F0} ms {wall / ours.Wall,6:F2} ×   {processor * 1000,8:F0} ms {processor / ours.Processor,6:F2} ×"));
        }
    }

    private static (double Wall, double Processor) Medians(List<(double Wall, double Processor)> times) =>
        (Statistics.Median([.. times.Select(time => time.Wall)]), Statistics.Median([.. times.Select(time => time.Processor)]));

    private sealed record CopiedColumn(string Name, NpgsqlDbType Type)
    {
        internal string Declaration => $"{Name} {Type switch { NpgsqlDbType.Integer => "integer", NpgsqlDbType.Boolean => "boolean", _ => "numeric(18, 2)" }}";
    }
}
