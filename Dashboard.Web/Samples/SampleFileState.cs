namespace Dunnhumby.Dashboard.Web.Samples;

/// <summary>What became of one file of the sample data.</summary>
public enum SampleFileState
{
    Waiting,
    Sending,
    Loaded,
    Failed,
}
