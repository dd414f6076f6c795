using Dunnhumby.Lake.Files;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Ingestion.Service.Care;

/// <summary>
/// Removes files that are no part of the lake any more once nobody can hold them: after the grace for readers, and when every transform run that began before,
/// or shortly after, has ended.
/// </summary>
internal sealed class RetiredFiles(LakeLayout layout, IOptions<LakeCareOptions> options)
{
    /// <returns>How many were removed.</returns>
    internal async Task<int> RemoveAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        List<string> due = [];
        await using (var command = new NpgsqlCommand(
            """
            select path
            from catalog.retired_files as file
            where retired_at < clock_timestamp() - $1
                and not exists (
                    select from catalog.runs as run
                    where run.state = 'running' and run.lease_until > clock_timestamp() and run.started_at <= file.retired_at + $1)
            """,
            connection)
        { Parameters = { new() { Value = options.Value.ReaderGrace } } })
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                due.Add(reader.GetString(0));
            }
        }

        foreach (var path in due)
        {
            LakeFiles.Delete(layout, layout.FullPath(path));
        }

        await using var forget = new NpgsqlCommand("delete from catalog.retired_files where path = any($1)", connection) { Parameters = { new() { Value = due.ToArray() } } };
        await forget.ExecuteNonQueryAsync(cancellationToken);
        return due.Count;
    }
}
