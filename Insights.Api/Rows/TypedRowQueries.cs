using Dunnhumby.Contracts.Paging;
using Dunnhumby.Insights.Api.Versions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Insights.Api.Rows;

/// <summary>Reads pages of rows, and what they add up to, within the time that <see cref="InsightsOptions.RowsTimeout"/> allows.</summary>
internal sealed class TypedRowQueries(NpgsqlDataSource database, IOptions<InsightsOptions> options)
{
    /// <summary>The page that follows <paramref name="after"/>, or the first one.</summary>
    /// <exception cref="PostgresException">It takes too long (query cancelled).</exception>
    internal async Task<RowPage<TRow, TTotals>> ListAsync<TRequest, TRow, TTotals>(
        PublishedVersion version, RowSource<TRequest> source, TRequest request, RowOrder order, RowCursor? after, CancellationToken cancellationToken)
        where TRequest : RowRequest
        where TTotals : class
    {
        var shape = RowShape<TRow>.Instance;
        var statement = new RowStatement<TRequest>(version, source, RowFilters<TRequest>.Instance.Of(request));
        var totals = await version.Totals.GetAsync(statement.Name, async _ => await TotalsAsync<TRequest, TTotals>(version, statement, source.AddsUp(request), cancellationToken));
        await using var batch = database.CreateBatch(options.Value.RowsTimeout);
        batch.BatchCommands.Add(statement.Page(shape.Columns, order, after, request.PageSize));
        await using var reader = await batch.FirstResultAsync(cancellationToken);
        List<TRow> rows = [];
        List<object?> last = [];
        var isLastPage = true;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (rows.Count == request.PageSize)
            {
                isLastPage = false;
                break;
            }

            rows.Add(shape.Read(reader, version));
            if (rows.Count == request.PageSize)
            {
                last = [.. order.Members.Select(member => reader.GetValue(reader.GetOrdinal(member.Column))).Select(value => value is DBNull ? null : value)];
            }
        }

        return new RowPage<TRow, TTotals>(rows, isLastPage ? null : new RowCursor(last).Encode(order), (TTotals)totals!); // A sum is always there.
    }

    /// <summary>The first row that the request keeps; null when there is none.</summary>
    internal async Task<TRow?> FindAsync<TRequest, TRow>(PublishedVersion version, RowSource<TRequest> source, TRequest request, CancellationToken cancellationToken)
        where TRequest : notnull
        where TRow : class
    {
        var statement = new RowStatement<TRequest>(version, source, RowFilters<TRequest>.Instance.Of(request));
        return await version.Rows.GetAsync($"{typeof(TRow).Name} {statement.Name}", async _ => await FirstAsync()) as TRow;

        async Task<TRow?> FirstAsync()
        {
            var shape = RowShape<TRow>.Instance;
            await using var batch = database.CreateBatch();
            batch.BatchCommands.Add(statement.Page(shape.Columns, RowOrder.Of(shape, source.Key, sort: null), after: null, pageSize: 0));
            await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? shape.Read(reader, version) : null;
        }
    }

    /// <summary>Whether the table has a row of the thing that the address is about.</summary>
    internal async Task<bool> HasOwnerAsync<TRequest>(PublishedVersion version, RowSource<TRequest> source, TRequest request, CancellationToken cancellationToken)
        where TRequest : notnull
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new RowStatement<TRequest>(version, source, RowFilters<TRequest>.Instance.Of(request, ownerOnly: true)).Any());
        return await batch.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task<object?> TotalsAsync<TRequest, TTotals>(PublishedVersion version, RowStatement<TRequest> statement, bool addUp, CancellationToken cancellationToken)
        where TTotals : class
    {
        var shape = RowShape<TTotals>.Instance;
        await using var batch = database.CreateBatch(options.Value.RowsTimeout);
        batch.BatchCommands.Add(statement.Totals(shape.Members, addUp));
        await using var reader = await batch.FirstResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return shape.Read(reader, version);
    }
}
