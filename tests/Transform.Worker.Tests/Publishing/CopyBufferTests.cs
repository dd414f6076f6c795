using System.Globalization;
using Dunnhumby.TestSupport.Servers;
using Dunnhumby.Transform.Worker.Publishing;
using Npgsql;

namespace Dunnhumby.Transform.Worker.Tests.Publishing;

public sealed class CopyBufferTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Numeric_OfEdgesAndManyValues_IsReadBackByPostgres()
    {
        // Every power of ten with its neighbours, both signs: group borders, leading and trailing zero groups.
        List<long> values = [0];
        for (var power = 1L; power <= 100_000_000_000_000_000; power *= 10)
        {
            values.AddRange([power, -power, power - 1, power + 1, 9 * power, 1 - power]);
        }

        foreach (var scale in new[] { 0, 2, 4, 6 })
        {
            var divisor = Enumerable.Repeat(10m, scale).Aggregate(1m, (product, ten) => product * ten);

            var read = await RoundTripAsync("numeric", values.ToArray(), (buffer, value) => buffer.Numeric(value, scale));

            read.ShouldBe(values.Select(value => (value / divisor).ToString($"F{scale}", CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public async Task Numeric_OfDecimalsWiderThanSixtyFourBits_IsReadBackByPostgres()
    {
        decimal[] values =
        [
            0m, 0.000001m, -0.000001m, 0.1m, 1m, 9_999_999_990_000_000.00m, 9_999_999_990_000_000.000001m, -9_999_999_990_000_000.5m,
            999_999_999_999_999_999.999999m, 10_000_000_000_000_000.01m, 1_000_000_000_000m,
        ];

        var read = await RoundTripAsync("numeric", values, (buffer, value) => buffer.Numeric(value, 6));

        read.ShouldBe(values.Select(value => value.ToString("F6", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task OtherTypes_AreReadBackByPostgres()
    {
        (await RoundTripAsync("integer", [0, -1, int.MaxValue, int.MinValue], (buffer, value) => buffer.Int32(value))).ShouldBe(["0", "-1", "2147483647", "-2147483648"]);
        (await RoundTripAsync("bigint", [0, long.MaxValue, long.MinValue], (buffer, value) => buffer.Int64(value))).ShouldBe(["0", "9223372036854775807", "-9223372036854775808"]);
        (await RoundTripAsync("boolean", [true, false], (buffer, value) => buffer.Boolean(value))).ShouldBe(["true", "false"]);
        (await RoundTripAsync("text", ["", "a", "Größe 日本 😀"], (buffer, value) => buffer.Text(value))).ShouldBe(["", "a", "Größe 日本 😀"]);
        (await RoundTripAsync("integer", [1], (buffer, _) => buffer.Null())).ShouldBe(["-"]);
    }

    private async Task<List<string>> RoundTripAsync<T>(string type, T[] values, Action<CopyBuffer, T> append)
    {
        var buffer = new CopyBuffer();
        buffer.Header();
        for (var row = 0; row < values.Length; row++)
        {
            buffer.Row(2);
            buffer.Int32(row);
            append(buffer, values[row]);
        }

        buffer.Trailer();
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var create = new NpgsqlCommand($"create temporary table copied (row integer, value {type})", connection);
        await create.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using (var stream = await connection.BeginRawBinaryCopyAsync("copy copied from stdin (format binary)", TestContext.Current.CancellationToken))
        {
            await stream.WriteAsync(buffer.Written, TestContext.Current.CancellationToken);
        }

        await using var select = new NpgsqlCommand("select coalesce(value::text, '-') from copied order by row; drop table copied", connection);
        await using var reader = await select.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> read = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            read.Add(reader.GetString(0));
        }

        return read;
    }
}
