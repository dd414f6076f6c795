using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Dashboard.ConsoleLogs;

namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>Writes to the console what happens: the resources' own lines in brackets, the engine's with a colon.</summary>
internal sealed class ConsoleOutput(TextWriter writer, ConsoleLogStore kept)
{
    private readonly Lock _lock = new();

    /// <summary>A line of the engine, about the application.</summary>
    public void Line(string text)
    {
        lock (_lock)
        {
            writer.WriteLine(text);
            writer.Flush();
        }
    }

    /// <summary>A line of the engine, about a resource.</summary>
    public void About(ResourceInstance instance, string text)
    {
        kept.Add(instance.Id, text, ConsoleSource.Engine);
        Line($"{instance.Id}: {text}");
    }

    /// <summary>A line that a resource wrote.</summary>
    public void From(ResourceInstance instance, string text, bool isError)
    {
        kept.Add(instance.Id, text, isError ? ConsoleSource.Error : ConsoleSource.Output);
        Line($"[{instance.Id}] {text}");
    }

    /// <summary>Tells a change of state.</summary>
    public void Show(ResourceInstance instance, ResourceStatus before, ResourceStatus after)
    {
        if (instance.Resource is ParameterResource or Aspire.Hosting.ConnectionStringResource)
        {
            return;
        }

        if (after.State != before.State && after.State != ResourceState.NotStarted)
        {
            About(instance, after.State == ResourceState.Finished ? $"Finished (exit code {after.ExitCode?.ToString() ?? "unknown"})" : after.State.ToString());
            if (after.State == ResourceState.Running)
            {
                foreach (var url in ResourceUrls.Of(instance))
                {
                    Line($"{instance.Resource.Name}: {url.Url}{(url.DisplayText is null ? "" : $" ({url.DisplayText})")}");
                }
            }
        }

        if (after.Healthy == true && before.Healthy != true)
        {
            About(instance, "Healthy");
        }
        else if (after is { State: ResourceState.Running, Healthy: false } && before.Healthy == true)
        {
            About(instance, $"Unhealthy: {after.HealthReport}");
        }
    }
}
