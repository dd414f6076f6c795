using System.Diagnostics;
using System.IO.Pipes;

namespace Dunnhumby.TestSupport.Faults;

/// <summary>
/// Watches the process that it is loaded into through its spans and EF Core's events, and strikes at a point: kills the process as SIGKILL does, or holds it until
/// the other end of a pipe lets go.
/// </summary>
public sealed class FaultPoint : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    /// <summary>The environment variable that names the point: <see cref="After"/>, <see cref="Committing"/> or <see cref="Committed"/>, and the name of a span.</summary>
    public const string PointVariable = "FAULT_POINT";
    /// <summary>The environment variable that names the pipe; without it the process is killed.</summary>
    public const string HoldVariable = "FAULT_HOLD";

    /// <summary>When the span whose name follows has ended.</summary>
    public const string After = "After:";

    /// <summary>Within the span whose name follows, when EF Core is about to commit.</summary>
    public const string Committing = "Committing:";

    /// <summary>Within the span whose name follows, when EF Core has committed.</summary>
    public const string Committed = "Committed:";

    private const string Events = "Microsoft.EntityFrameworkCore";
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(60);

    private readonly string _when;
    private readonly string _span;
    private readonly string? _hold;
    private int _struck;

    private FaultPoint(string point, string? hold)
    {
        var span = point.IndexOf(':', StringComparison.Ordinal) + 1;
        (_when, _span) = (point[..span], point[span..]);
        _hold = hold;
    }

    /// <summary>Watches for the point that the environment names, if it names one.</summary>
    public static void Arm()
    {
        if (Environment.GetEnvironmentVariable(PointVariable) is not { Length: > 0 } point)
        {
            return;
        }

        var fault = new FaultPoint(point, Environment.GetEnvironmentVariable(HoldVariable));
        ActivitySource.AddActivityListener(new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Dunnhumby", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = fault.OnStopped,
        });
        DiagnosticListener.AllListeners.Subscribe(fault);
    }

    public void OnNext(DiagnosticListener value)
    {
        if (string.Equals(value.Name, Events, StringComparison.Ordinal))
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key.EndsWith($".Transaction{_when.TrimEnd(':')}", StringComparison.Ordinal) && IsWithin(_span))
        {
            Strike();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static bool IsWithin(string span)
    {
        for (var activity = Activity.Current; activity is not null; activity = activity.Parent)
        {
            if (string.Equals(activity.OperationName, span, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private void OnStopped(Activity activity)
    {
        if (_when is After && string.Equals(activity.OperationName, _span, StringComparison.Ordinal))
        {
            Strike();
        }
    }

    private void Strike()
    {
        if (Interlocked.Exchange(ref _struck, 1) != 0)
        {
            return;
        }

        if (_hold is null)
        {
            // The kernel ends this thread before the call returns.
            Process.GetCurrentProcess().Kill();
            return;
        }

        // Connecting says that the point is reached; the test's end of the pipe says when to go on, by what it does or by being gone.
        using var pipe = new NamedPipeClientStream(".", _hold, PipeDirection.In);
        pipe.Connect(ConnectLimit);
        pipe.ReadByte();
    }
}
