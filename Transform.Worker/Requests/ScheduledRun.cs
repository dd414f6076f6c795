using Quartz;

namespace Dunnhumby.Transform.Worker.Requests;

/// <summary>Asks for a run when the schedule says so.</summary>
internal sealed class ScheduledRun(RunRequests requests) : IJob
{
    internal const string Reason = "schedule";

    /// <inheritdoc />
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await requests.RequestAsync(Reason, cancellationToken);
}
