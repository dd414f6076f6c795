using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;

namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>Carries out the commands on a resource: start, stop, restart, and those of the model.</summary>
internal sealed class ResourceCommands(ApplicationEngine engine, IServiceProvider services)
{
    public const string Start = "resource-start";
    public const string Stop = "resource-stop";
    public const string Restart = "resource-restart";

    /// <param name="instance">The instance commanded.</param>
    /// <param name="command">One of the constants, or the name of a command of the model.</param>
    /// <param name="cancellationToken">Given to the model's command.</param>
    /// <returns>The result; a failure for a command that is not known.</returns>
    public async Task<ExecuteCommandResult> ExecuteAsync(ResourceInstance instance, string command, CancellationToken cancellationToken)
    {
        var lifecycle = engine.LifecycleOf(instance);
        switch (command)
        {
            case Start:
                await lifecycle.StartAsync();
                return CommandResults.Success();
            case Stop:
                await lifecycle.StopAsync();
                return CommandResults.Success();
            case Restart:
                await lifecycle.StopAsync();
                await lifecycle.StartAsync();
                return CommandResults.Success();
            default:
                var own = instance.Resource.Annotations.OfType<CommandAnnotation>()
                    .FirstOrDefault(annotation => string.Equals(annotation.Name, command, StringComparison.Ordinal));
                return own is null
                    ? CommandResults.Failure($"{instance.Resource.Name} has no command '{command}'.")
                    : await own.Execute(new ExecuteCommandContext { ServiceProvider = services, ResourceName = instance.Id, CancellationToken = cancellationToken });
        }
    }
}
