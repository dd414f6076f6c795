namespace Dunnhumby.Contracts.Security;

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
