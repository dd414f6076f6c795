using Microsoft.AspNetCore.Components;

namespace Dunnhumby.Dashboard.Web.Components.Layout;

/// <summary>What surrounds every page.</summary>
public sealed partial class MainLayout
{
    /// <summary>The name under which the page's type is handed down.</summary>
    internal const string PageType = "PageType";

    /// <summary>The page within; null where the router found none.</summary>
    [CascadingParameter(Name = PageType)]
    private Type? Page { get; set; }
}
