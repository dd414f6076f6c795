namespace Dunnhumby.Migrator.Roles;

/// <summary>Passwords of the service roles, from the section <c>Roles</c>. A role without one is made without login.</summary>
public sealed class RoleOptions
{
    internal const string Section = "Roles";

    /// <summary>Ingestion: writes loads, files, quarantine and outbox.</summary>
    public string? Loader { get; set; }

    /// <summary>Transform: reads loads, works runs, publishes versions.</summary>
    public string? Transformer { get; set; }

    /// <summary>Insights: reads published versions, nothing else.</summary>
    public string? Reader { get; set; }
}
