using Dunnhumby.Contracts.Runs;
using Dunnhumby.Dashboard.Web.Clients;
using Dunnhumby.Dashboard.Web.Components;
using Dunnhumby.Dashboard.Web.Formatting;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Runs;

/// <summary>One run, with what it did for each model.</summary>
public sealed partial class RunPage : IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private Run? _run;
    private Trouble? _trouble;
    private string? _loadedFor;

    [Parameter]
    public required string Id { get; set; }

    [Inject]
    private TransformClient Transform { get; set; } = null!; // Injected.

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override Task OnParametersSetAsync()
    {
        if (string.Equals(_loadedFor, Id, StringComparison.Ordinal))
        {
            return Task.CompletedTask;
        }

        _loadedFor = Id;
        return ReloadAsync();
    }

    private async Task ReloadAsync()
    {
        if (AddressReader.Key<long>(Id) is not { } id)
        {
            _trouble = AddressReader.NoSuch("run", Id);
            return;
        }

        try
        {
            var run = await Transform.GetRunAsync(id, _gone.Token);
            (_run, _trouble) = (run.Value ?? _run, run.Trouble);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The reader has left the page.
        }
    }

    private static string Summary(Run run)
    {
        var made = run.Steps.Count(step => step.Kind is not RunStepKinds.None);
        var memory = run.PeakMemoryBytes is { } bytes ? $" The engine held {Format.Bytes(bytes)} at most between two models." : "";
        return $"{made} of {Format.Count(run.Steps.Count, "model")} in {Format.Seconds(TimeSpan.FromSeconds(run.Steps.Sum(step => step.Seconds)))}.{memory}";
    }
}
