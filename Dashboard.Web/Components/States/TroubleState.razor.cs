using Dunnhumby.Dashboard.Web.Clients;
using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.States;

/// <summary>Why there is nothing to see, and what to do.</summary>
public sealed partial class TroubleState
{
    [Parameter, EditorRequired]
    public required Trouble Trouble { get; set; }

    [Parameter]
    public EventCallback OnRetry { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!; // Injected.

    /// <summary>The request that the page is the answer of; null once the page is connected.</summary>
    [CascadingParameter]
    private HttpContext? Http { get; set; }

    private string Path => new Uri(Navigation.Uri).AbsolutePath;

    /// <summary>What the page says in words its answer says by its status, to programs and search engines.</summary>
    protected override void OnParametersSet()
    {
        if (Http is not { Response.HasStarted: false } request || Trouble.Kind is not (TroubleKind.NotFound or TroubleKind.BadAddress))
        {
            return;
        }

        var status = Trouble.Kind is TroubleKind.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest;
        // At the last moment: the framework puts the page of unknown addresses in the place of a page that has this status while it is made.
        request.Response.OnStarting(() =>
        {
            request.Response.StatusCode = status;
            return Task.CompletedTask;
        });
    }
}
