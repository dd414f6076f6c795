namespace Dunnhumby.Transform.Worker.Runs;

/// <summary>The sign of life of the run loop.</summary>
internal sealed class RunPulse(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    internal void Beat() => Interlocked.Exchange(ref _last, time.GetTimestamp());

    internal TimeSpan SinceLast => time.GetElapsedTime(Interlocked.Read(ref _last));
}
