namespace Dunnhumby.Contracts.Loads;

/// <summary>How many rows one reason set aside.</summary>
public sealed record ReasonCount(string Reason, long Rows);
