using Dunnhumby.Lake.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.Lake;

/// <summary>Registration of the lake's files.</summary>
public static class LakeExtensions
{
    /// <summary>Adds <see cref="LakeLayout"/>, from the connection string <c>lake</c>: an absolute directory, made when it does not exist.</summary>
    /// <exception cref="InvalidOperationException">The connection string is missing.</exception>
    public static TBuilder AddLakeFiles<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        var root = builder.Configuration.GetConnectionString("lake")
            ?? throw new InvalidOperationException("The connection string 'lake' is missing: set ConnectionStrings__lake=/path/of/the/lake.");
        var layout = new LakeLayout(Path.GetFullPath(root));
        PrivateFiles.CreateDirectory(layout.Root);
        PrivateFiles.CreateDirectory(layout.Staging);
        builder.Services.AddSingleton(layout);
        return builder;
    }
}
