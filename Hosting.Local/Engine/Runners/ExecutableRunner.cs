using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Engine.Variables;
using Dunnhumby.Hosting.Local.Installation;
using Dunnhumby.Hosting.Local.Processes;

namespace Dunnhumby.Hosting.Local.Engine.Runners;

/// <summary>Runs a program.</summary>
internal sealed class ExecutableRunner(
    ResourceInstance instance, ExecutableResource executable, EnvironmentComposer environment, HttpClient health, Action<string, bool> output)
    : ProcessRunner(instance, health, output)
{
    protected override async Task<ProcessCommand> CommandAsync(CancellationToken cancellationToken) => new()
    {
        FileName = Program(),
        Arguments = await ArgumentsAsync(cancellationToken),
        WorkingDirectory = executable.WorkingDirectory,
        Environment = await environment.ComposeAsync(Instance, cancellationToken),
    };

    // A command with a directory in it is a path, from the working directory; without one it is looked up on PATH.
    private string Program()
    {
        var program = executable.Command.Contains('/', StringComparison.Ordinal)
            ? Path.GetFullPath(executable.Command, executable.WorkingDirectory)
            : ProgramPath.Find(executable.Command);
        return File.Exists(program) ? program : throw new InvalidOperationException($"There is no program '{executable.Command}'.");
    }
}
