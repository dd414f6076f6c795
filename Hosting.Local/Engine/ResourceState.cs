namespace Dunnhumby.Hosting.Local.Engine;

/// <summary>Where an instance is in its life.</summary>
internal enum ResourceState
{
    NotStarted,
    Waiting,
    Starting,
    Running,
    Stopping,
    Finished,
    FailedToStart,
}
