namespace Dunnhumby.Benchmarks.Stack;

/// <summary>Where the programs are that were built with this one.</summary>
internal static class Builds
{
    /// <summary>The checkout's root.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Debug or Release, as this program.</summary>
    internal static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent?.Name ?? "Release";

    /// <summary>This program, to be started again as a peer.</summary>
    internal static string Self { get; } = Path.Combine(AppContext.BaseDirectory, "Dunnhumby.Benchmarks");

    /// <summary>The program of a project, for example <c>Ingestion.Service</c>.</summary>
    internal static string ProgramOf(string project)
    {
        var program = Path.Combine(Root, project, "bin", Configuration, "net10.0", $"Dunnhumby.{project}");
        return File.Exists(program) ? program : throw new InvalidOperationException($"{project} was not built: there is no {program}.");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Dunnhumby.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No Dunnhumby.sln above {AppContext.BaseDirectory}.");
    }
}
