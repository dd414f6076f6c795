using Dunnhumby.Contracts.Insights;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.Samples;

/// <summary>The loading of sample data as it stands.</summary>
/// <param name="Files">All eight, in the order in which they are sent; empty when nobody asked for them.</param>
/// <param name="Trouble">Why a file was not taken; null otherwise.</param>
/// <param name="EndedAt">When it ended; null before.</param>
public sealed record SampleProgress(SampleState State, IReadOnlyList<SampleFile> Files, Trouble? Trouble = null, DateTimeOffset? EndedAt = null)
{
    public static SampleProgress None { get; } = new(SampleState.None, []);

    /// <summary>Whether <paramref name="version"/> was made from all of the files.</summary>
    public bool IsIn(InsightsVersion version)
    {
        var loads = version.Loads.Select(load => load.Id).ToHashSet();
        return Files.All(file => file.LoadId is { } id && loads.Contains(id));
    }
}
