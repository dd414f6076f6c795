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

/// <summary>What a person may do, as the sign-in provider says in the claim of roles.</summary>
public static class Roles
{
    /// <summary>Read the published insights, and the history of runs.</summary>
    public const string Reader = "reader";

    /// <summary>What a reader may, and upload, mend and withdraw.</summary>
    public const string Loader = "loader";

    /// <summary>Everything.</summary>
    public const string Admin = "admin";

    /// <summary>The scopes of a role; none of a word that is not one of our roles.</summary>
    public static IReadOnlyList<string> ScopesOf(string role) => role switch
    {
        Reader => [Scopes.Read],
        Loader => [Scopes.Ingest, Scopes.Read],
        Admin => [Scopes.Admin],
        _ => [],
    };
}
