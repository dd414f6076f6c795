using Dunnhumby.Catalog;
using Dunnhumby.Migrator;
using Dunnhumby.ServiceDefaults;
using Dunnhumby.ServiceDefaults.Warehouse;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddServiceDefaults();
builder.AddWarehouse();
builder.AddLakeCatalog();
builder.AddMigration();

using var host = builder.Build();
await host.Services.GetRequiredService<Migration>().RunAsync(CancellationToken.None);
