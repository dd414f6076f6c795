using Dunnhumby.Migrator.Roles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.Migrator;

internal static class MigratorExtensions
{
    internal static void AddMigration(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<RoleOptions>().BindConfiguration(RoleOptions.Section);
        builder.Services.AddSingleton<RoleSetup>();
        builder.Services.AddSingleton<Migration>();
    }
}
