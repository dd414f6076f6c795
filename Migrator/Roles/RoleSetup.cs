using Microsoft.Extensions.Options;
using Npgsql;

namespace Dunnhumby.Migrator.Roles;

/// <summary>Makes the roles loader, transformer and reader, sets their passwords and grants each what its service needs.</summary>
public sealed class RoleSetup(NpgsqlDataSource database, IOptions<RoleOptions> options)
{
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync("loader", options.Value.Loader, cancellationToken);
        await EnsureAsync("transformer", options.Value.Transformer, cancellationToken);
        await EnsureAsync("reader", options.Value.Reader, cancellationToken);
        await using var grants = database.CreateCommand(await GrantsAsync(cancellationToken));
        await grants.ExecuteNonQueryAsync(cancellationToken);
        if (options.Value.OwnServer)
        {
            await CloseOtherDatabasesAsync(cancellationToken);
        }
    }

    /// <summary>For everybody except their owners and roles with an explicit right.</summary>
    private async Task CloseOtherDatabasesAsync(CancellationToken cancellationToken)
    {
        await using var close = database.CreateCommand(
            """
            do $$
            declare
                other name;
            begin
                for other in select datname from pg_database where datallowconn and datname <> current_database() loop
                    execute format('revoke connect on database %I from public', other);
                end loop;
            end
            $$
            """);
        await close.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task EnsureAsync(string role, string? password, CancellationToken cancellationToken)
    {
        // Role names are constants of this class; the password is quoted by the server, since DDL takes no parameters.
        await using var command = database.CreateCommand(
            $"""
            select case when exists (select from pg_roles where rolname = '{role}') then 'alter' else 'create' end
                || ' role {role} ' || case when $1 = '' then 'nologin' else 'login password ' || quote_literal($1) end
            """);
        command.Parameters.AddWithValue(password ?? "");
        var statement = (string?)await command.ExecuteScalarAsync(cancellationToken) ?? throw new InvalidOperationException("Postgres gave no statement back.");
        await using var ensure = database.CreateCommand(statement);
        await ensure.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string> GrantsAsync(CancellationToken cancellationToken)
    {
        await using var stream = typeof(RoleSetup).Assembly.GetManifestResourceStream("Dunnhumby.Migrator.Roles.Grants.sql")
            ?? throw new InvalidOperationException("Grants.sql is not embedded.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
