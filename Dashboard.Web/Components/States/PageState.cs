namespace Dunnhumby.Dashboard.Web.Components.States;

/// <summary>The four states of a page.</summary>
public enum PageState
{
    Loading,
    Empty,
    Failed,
    Ready,
}
