using Dunnhumby.Hosting.Local.Engine.Variables;
using Dunnhumby.Hosting.Local.Model;
using Dunnhumby.Hosting.Local.Processes;
using Dunnhumby.Hosting.Local.Projects;

namespace Dunnhumby.Hosting.Local.Engine.Runners;

/// <summary>Runs the build output of a project, in the project's directory.</summary>
internal sealed class ProjectRunner(
    ResourceInstance instance, ProjectAnnotation project, EnvironmentComposer environment, string configuration, HttpClient health, Action<string, bool> output)
    : ProcessRunner(instance, health, output)
{
    protected override async Task<ProcessCommand> CommandAsync(CancellationToken cancellationToken)
    {
        var assembly = await BuildOutput.RequireAsync(project.ProjectFile, configuration, Output, cancellationToken);
        var arguments = await ArgumentsAsync(cancellationToken);
        if (arguments.Count == 0)
        {
            arguments = CommandLine.Split(project.Profile?.CommandLineArgs ?? string.Empty);
        }

        return new ProcessCommand
        {
            FileName = DotNet.Muxer,
            Arguments = [assembly, .. arguments],
            WorkingDirectory = Path.GetDirectoryName(project.ProjectFile),
            Environment = await environment.ComposeAsync(Instance, cancellationToken),
        };
    }
}
