namespace Dunnhumby.Insights.Api.Versions;

/// <summary>Marks an endpoint that also reads this table, and answers without it.</summary>
/// <param name="Name">The table.</param>
internal sealed record AlsoReads(string Name);

/// <summary>Marks an endpoint that reads whatever table it is asked for.</summary>
internal sealed record ReadsAnyTable;

/// <summary>Marks an endpoint that reads no table, only what is said of versions.</summary>
internal sealed record ReadsRegister;
