using System.Diagnostics;
using System.IO.Pipes;

namespace Dunnhumby.Ingestion.Service.Tests.Faults;

/// <summary>
/// Watches the process that it is loaded into through its spans and EF Core's events, and strikes at a point: kills the process as SIGKILL does, or holds it until
/// the other end of a pipe lets go.
/// </summary>
internal sealed class FaultPoint : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    internal const string PointVariable = "FAULT_POINT";
    internal const string HoldVariable = "FAULT_HOLD";

    /// <summary>The file is read and the Parquet file complete, but nothing is registered.</summary>
    internal const string Written = "written";

    /// <summary>The Parquet file is in its place and the catalog's rows are written, but not committed.</summary>
    internal const string Committing = "committing";

    /// <summary>Committed; neither answered nor dispatched.</summary>
    internal const string Committed = "committed";

    /// <summary>The broker confirmed the message, which is not marked sent yet.</summary>
    internal const string Confirmed = "confirmed";

    private const string ReadSpan = "parse";
    private const string CommitSpan = "commit load";
    private const string DispatchSpan = "dispatch outbox";
    private const string Events = "Microsoft.EntityFrameworkCore";
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(60);

    private readonly string _point;
    private readonly string? _hold;
    private int _struck;

    private FaultPoint(string point, string? hold)
    {
        _point = point;
        _hold = hold;
    }

    /// <summary>Watches for the point that the environment names, if it names one.</summary>
    internal static void Arm()
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
        if (IsWithin(CommitSpan) && (value.Key.EndsWith(".TransactionCommitting", StringComparison.Ordinal), value.Key.EndsWith(".TransactionCommitted", StringComparison.Ordinal), _point) is (true, _, Committing) or (_, true, Committed))
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
        if ((activity.OperationName, _point) is (ReadSpan, Written) or (DispatchSpan, Confirmed))
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
