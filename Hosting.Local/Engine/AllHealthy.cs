namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>
/// Tells once when all of some instances are healthy. Observers are called under their instance's lock, so this one never asks an instance for its status: two
/// that changed at once would wait for each other for ever.
/// </summary>
/// <param name="instances">Those that have health checks.</param>
/// <param name="tell">Called once.</param>
internal sealed class AllHealthy(IReadOnlyCollection<ResourceInstance> instances, Action tell)
{
    private readonly Lock _lock = new();
    private readonly HashSet<ResourceInstance> _healthy = [];
    private bool _isTold;

    /// <summary>An observer of every instance.</summary>
    public void Changed(ResourceInstance instance, ResourceStatus before, ResourceStatus after)
    {
        lock (_lock)
        {
            if (after.Healthy != true)
            {
                _healthy.Remove(instance);
                return;
            }

            _healthy.Add(instance);
            if (_isTold || !instances.All(_healthy.Contains))
            {
                return;
            }

            _isTold = true;
        }

        tell();
    }
}
