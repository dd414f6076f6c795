using Dunnhumby.Hosting.Local.Processes;

namespace Dunnhumby.Hosting.Local.Projects;

/// <summary>Finds the built assembly of a project.</summary>
internal static class BuildOutput
{
    private static readonly SemaphoreSlim OneBuildAtATime = new(1, 1);

    /// <summary>Full path of the assembly; the project is built when its output is missing.</summary>
    /// <exception cref="InvalidOperationException">The project does not build.</exception>
    public static async Task<string> RequireAsync(string projectFile, string configuration, Action<string, bool> output, CancellationToken cancellationToken)
    {
        if (Find(projectFile, configuration) is { } found)
        {
            return found;
        }

        await OneBuildAtATime.WaitAsync(cancellationToken);
        try
        {
            var assembly = await AskAsync(projectFile, configuration, cancellationToken);
            if (!File.Exists(assembly))
            {
                output($"{Path.GetFileName(projectFile)} has not been built: building it.", false);
                await Command.RunAsync(
                    DotNet.Muxer, ["build", projectFile, "-c", configuration, "-nodeReuse:false", "-v", "quiet", "--nologo"], cancellationToken, WorkingDirectory(projectFile));
            }

            return File.Exists(assembly) ? assembly : throw new InvalidOperationException($"Building {projectFile} did not make {assembly}.");
        }
        finally
        {
            OneBuildAtATime.Release();
        }
    }

    // Asking MSBuild takes a second per project, so first the usual place: the one program in bin/<configuration>/<framework>.
    private static string? Find(string projectFile, string configuration)
    {
        var directory = Path.Combine(WorkingDirectory(projectFile), "bin", configuration);
        if (!Directory.Exists(directory))
        {
            return null;
        }

        var programs = Directory.GetDirectories(directory).SelectMany(framework => Directory.GetFiles(framework, "*.runtimeconfig.json")).ToArray();
        return programs is [var only] && Path.ChangeExtension(Path.ChangeExtension(only, null), "dll") is var assembly && File.Exists(assembly) ? assembly : null;
    }

    private static async Task<string> AskAsync(string projectFile, string configuration, CancellationToken cancellationToken) =>
        (await Command.RunAsync(
            DotNet.Muxer,
            ["msbuild", projectFile, "-getProperty:TargetPath", $"-property:Configuration={configuration}", "-nodeReuse:false"],
            cancellationToken,
            WorkingDirectory(projectFile))).Trim();

    private static string WorkingDirectory(string projectFile) => Path.GetDirectoryName(projectFile) ?? ".";
}
