namespace Dunnhumby.Hosting.Local.Engine.Runners;

/// <summary>"Runs" what is only a value, such as a parameter: it runs as soon as it is started.</summary>
internal sealed class ValueRunner : ResourceRunner
{
    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
