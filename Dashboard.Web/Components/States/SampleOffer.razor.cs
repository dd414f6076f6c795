using Dunnhumby.Dashboard.Web.Samples;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.States;

/// <summary>Offers sample data, shows how far its loading is, and what to do when it went wrong.</summary>
public sealed partial class SampleOffer
{
    [Parameter, EditorRequired]
    public required SampleProgress Progress { get; set; }

    /// <summary>Whether files are loaded already, somebody's own perhaps.</summary>
    [Parameter]
    public bool HasFiles { get; set; }

    [Parameter]
    public EventCallback OnStart { get; set; }

    [Parameter]
    public EventCallback OnStop { get; set; }

    private string Said
    {
        get
        {
            var sending = Progress.Files.FirstOrDefault(file => file.State == SampleFileState.Sending);
            var loaded = Progress.Files.Count(file => file.State == SampleFileState.Loaded);
            return Progress.State == SampleState.Loaded ? "All files are loaded. The figures are being computed."
                : sending is null ? "Planning the panel…"
                : $"Sending {sending.Dataset}.csv, {loaded} of {Progress.Files.Count} files are loaded.";
        }
    }
}
