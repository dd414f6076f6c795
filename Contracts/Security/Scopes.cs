namespace Dunnhumby.Contracts.Security;

/// <summary>What an API key may do. A key is configured per scope as <c>ApiKeys:{scope}</c>.</summary>
public static class Scopes
{
    /// <summary>Upload files, read loads and their quarantine.</summary>
    public const string Ingest = "ingest";

    /// <summary>Read the published insights.</summary>
    public const string Read = "read";

    /// <summary>Everything the other scopes may, and operations.</summary>
    public const string Admin = "admin";

    public static IReadOnlyList<string> All { get; } = [Ingest, Read, Admin];
}
