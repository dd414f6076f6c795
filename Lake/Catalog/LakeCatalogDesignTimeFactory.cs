using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Dunnhumby.Lake.Catalog;

/// <summary>Lets <c>dotnet ef migrations add</c> build the model without a server.</summary>
internal sealed class LakeCatalogDesignTimeFactory : IDesignTimeDbContextFactory<LakeCatalog>
{
    public LakeCatalog CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<LakeCatalog>();
        options.UseCatalog(NpgsqlDataSource.Create("Host=localhost"));
        return new LakeCatalog(options.Options);
    }
}
