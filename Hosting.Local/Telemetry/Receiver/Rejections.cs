namespace Dunnhumby.Hosting.Local.Telemetry.Receiver;

/// <summary>What of one request was not kept, for OTLP's partial success.</summary>
internal sealed class Rejections
{
    public long Count { get; private set; }

    /// <summary>Why the first of them was not kept; empty when all were.</summary>
    public string Reason { get; private set; } = string.Empty;

    public void Add(string reason, long count = 1)
    {
        Count += count;
        if (Reason.Length == 0)
        {
            Reason = reason;
        }
    }
}
