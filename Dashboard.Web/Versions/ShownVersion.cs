using Dunnhumby.Contracts.Insights;

namespace Dunnhumby.Dashboard.Web.Versions;

/// <summary>The version whose figures this circuit's page shows, and how the page is asked to show the latest.</summary>
internal sealed class ShownVersion
{
    /// <summary>Null while the page shows no insights.</summary>
    internal int? Number { get; private set; }

    /// <summary>The version that the page's address asks for; null when it asks for none, or there is no such version.</summary>
    internal InsightsVersion? Asked { get; private set; }

    /// <summary>The shown version has changed.</summary>
    internal event EventHandler? Changed;

    /// <summary>How the open page loads its figures again; null while no page shows insights.</summary>
    internal Func<Task>? Refresh { get; set; }

    /// <param name="number">The version that the page shows; null when it shows none.</param>
    /// <param name="asked">The same, when the page's address asks for it.</param>
    internal void Set(int? number, InsightsVersion? asked = null)
    {
        if (Number != number || Asked?.Version != asked?.Version)
        {
            (Number, Asked) = (number, asked);
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>The reader, or an empty page, asks for the latest version.</summary>
    internal Task RequestRefreshAsync() => Refresh?.Invoke() ?? Task.CompletedTask;
}
