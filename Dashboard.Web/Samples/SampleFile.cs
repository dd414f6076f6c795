namespace Dunnhumby.Dashboard.Web.Samples;

/// <summary>One file of the sample data.</summary>
/// <param name="Dataset">Its data set.</param>
/// <param name="Percent">How much of it was sent, 0 to 100.</param>
/// <param name="LoadId">The load it became; null before.</param>
public sealed record SampleFile(string Dataset, SampleFileState State = SampleFileState.Waiting, int Percent = 0, long? LoadId = null);
