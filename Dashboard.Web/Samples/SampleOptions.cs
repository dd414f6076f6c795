using System.ComponentModel.DataAnnotations;

namespace Dunnhumby.Dashboard.Web.Samples;

/// <summary>The sample data that an empty dashboard offers; section <c>Samples</c>.</summary>
internal sealed class SampleOptions
{
    internal const string Section = "Samples";

    /// <summary>Size: 1 is the original's 2,500 households.</summary>
    [Range(0.002, 1)]
    public double Scale { get; set; } = 0.02;

    /// <summary>What all randomness comes from: the same seed gives the same files.</summary>
    public ulong Seed { get; set; } = 8451;
}
