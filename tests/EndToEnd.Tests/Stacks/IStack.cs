namespace Dunnhumby.EndToEnd.Tests.Stacks;

/// <summary>A running stack, in this process or in one of its own.</summary>
internal interface IStack
{
    /// <summary>The pages of the application.</summary>
    public Uri Pages { get; }

    public Uri Ingestion { get; }

    public Uri Insights { get; }
}
