using Dunnhumby.Contracts.Loads;
using Dunnhumby.Dashboard.Web.Clients;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Loads;

/// <summary>Takes a load back, after a question.</summary>
public sealed partial class WithdrawPanel
{
    private bool _asked;
    private bool _working;
    private bool _ready;
    private Trouble? _trouble;

    [Parameter, EditorRequired]
    public required Load Load { get; set; }

    [Parameter]
    public EventCallback OnWithdrawn { get; set; }

    [Inject]
    private IngestionClient Ingestion { get; set; } = null!; // Injected.

    /// <summary>A click before the page is connected is not heard.</summary>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ready = true;
            StateHasChanged();
        }
    }

    private async Task WithdrawAsync()
    {
        _working = true;
        var answer = await Ingestion.WithdrawAsync(Load.Id, CancellationToken.None);
        (_working, _asked, _trouble) = (false, false, answer.Trouble);
        if (answer.Succeeded)
        {
            await OnWithdrawn.InvokeAsync();
        }
    }
}
