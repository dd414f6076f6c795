using Aspire.Hosting;

namespace Dunnhumby.Hosting.Local.Projects;

/// <summary>Finds projects.</summary>
internal static class ProjectFile
{
    /// <summary>Full path of a project file given by its path or its directory's.</summary>
    /// <exception cref="DistributedApplicationException">There is none.</exception>
    public static string Locate(string baseDirectory, string path)
    {
        var full = Path.GetFullPath(path.Replace('\\', '/'), baseDirectory);
        if (Directory.Exists(full) && Directory.GetFiles(full, "*.csproj") is [var only])
        {
            return only;
        }

        return File.Exists(full) ? full : throw new DistributedApplicationException($"There is no project at {full}.");
    }
}
