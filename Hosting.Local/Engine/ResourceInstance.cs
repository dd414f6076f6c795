using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Model;

namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>One replica of a resource, or the resource itself where there are no replicas.</summary>
internal sealed class ResourceInstance
{
    private readonly Lock _lock = new();
    private readonly List<Action<ResourceInstance, ResourceStatus, ResourceStatus>> _observers = [];
    private ResourceStatus _status = new(ResourceState.NotStarted);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ResourceInstance(IResource resource, int replica, string? suffix)
    {
        Resource = resource;
        Replica = replica;
        Suffix = suffix;
        Id = suffix is null ? resource.Name : $"{resource.Name}-{suffix}";
    }

    public IResource Resource { get; }

    /// <summary>0 for the first.</summary>
    public int Replica { get; }

    /// <summary>Tells replicas apart; null for resources that have none.</summary>
    public string? Suffix { get; }

    /// <summary>Unique, such as <c>insights-abcdefgh</c>.</summary>
    public string Id { get; }

    public ResourceStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _status;
            }
        }
    }

    /// <summary>Calls the observer with the status before and after each change, in order.</summary>
    public void Observe(Action<ResourceInstance, ResourceStatus, ResourceStatus> observer)
    {
        lock (_lock)
        {
            _observers.Add(observer);
        }
    }

    public void Update(Func<ResourceStatus, ResourceStatus> change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            var before = _status;
            _status = change(before);
            if (_status == before)
            {
                return;
            }

            foreach (var observer in _observers)
            {
                observer(this, before, _status);
            }

            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    /// <summary>Waits until the status is as wanted, and returns it.</summary>
    public async Task<ResourceStatus> WaitAsync(Func<ResourceStatus, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (wanted(_status))
                {
                    return _status;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Whether a filter means this instance: by its id, or by its name, which all its replicas share.</summary>
    public bool IsCalled(string idOrName) =>
        string.Equals(idOrName, Id, StringComparison.OrdinalIgnoreCase) || string.Equals(idOrName, Resource.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the instance answers: its own ports when replicas share the public ones.</summary>
    public IEnumerable<string> OwnUrls() => Resource.Endpoints().Select(endpoint => endpoint.UrlOf(Replica));
}
