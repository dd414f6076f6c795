using System.IO.Pipelines;
using System.Text.Json;
using Npgsql;

namespace Dunnhumby.Insights.Api.Forms;

/// <summary>A table as an array with one object per row, named by the table's columns. Decimals keep the scale of their column.</summary>
internal static class JsonTable
{
    /// <summary>Writes the reader's rows and returns how many there were.</summary>
    internal static async Task<long> WriteAsync(NpgsqlDataReader row, PipeWriter output, CancellationToken cancellationToken)
    {
        var names = Enumerable.Range(0, row.FieldCount).Select(column => JsonEncodedText.Encode(row.GetName(column))).ToArray();
        var kinds = row.CellKinds();
        await using var json = new Utf8JsonWriter(output);
        json.WriteStartArray();
        var rows = 0L;
        for (; await row.ReadAsync(cancellationToken); rows++)
        {
            json.WriteStartObject();
            for (var column = 0; column < names.Length; column++)
            {
                json.WritePropertyName(names[column]);
                Write(json, row, column, kinds[column]);
            }

            json.WriteEndObject();
            if (json.BytesPending + output.UnflushedBytes >= TableFormats.FlushBytes)
            {
                await json.FlushAsync(cancellationToken);
                await output.FlushAsync(cancellationToken);
            }
        }

        json.WriteEndArray();
        return rows;
    }

    private static void Write(Utf8JsonWriter json, NpgsqlDataReader row, int column, CellKind kind)
    {
        if (row.IsDBNull(column))
        {
            json.WriteNullValue();
            return;
        }

        switch (kind)
        {
            case CellKind.Integer:
                json.WriteNumberValue(row.GetInt64(column));
                break;
            case CellKind.Decimal:
                json.WriteNumberValue(row.GetDecimal(column));
                break;
            case CellKind.Flag:
                json.WriteBooleanValue(row.GetBoolean(column));
                break;
            default:
                json.WriteStringValue(row.GetString(column));
                break;
        }
    }
}
