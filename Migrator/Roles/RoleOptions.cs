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

    /// <summary>
    /// Whether the database server serves only this application. Then the roles cannot connect to its other databases. Otherwise the rights on other databases stay as their
    /// owners set them; by default Postgres lets every role connect to each.
    /// </summary>
    public bool OwnServer { get; set; }
}
