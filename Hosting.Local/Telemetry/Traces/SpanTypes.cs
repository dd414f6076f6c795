namespace Dunnhumby.Hosting.Local.Telemetry.Traces;

/// <summary>What a span is about, told by the semantic conventions' attributes.</summary>
[Flags]
public enum SpanTypes
{
    None = 0,
    Http = 1,
    Database = 2,
    Messaging = 4,
    Rpc = 8,

    /// <summary>None of the others.</summary>
    Other = 16,
}
