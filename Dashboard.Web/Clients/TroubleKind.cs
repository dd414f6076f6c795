namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>Why a service gave no answer: what the reader can do differs.</summary>
public enum TroubleKind
{
    /// <summary>No connection, or no answer in time.</summary>
    Unreachable,

    /// <summary>The key is missing, unknown or of another scope (401, 403).</summary>
    Unauthorized,

    /// <summary>The session of the person has ended, or the service does not take its token (401).</summary>
    SignedOut,

    /// <summary>There is no such thing (404).</summary>
    NotFound,

    /// <summary>The service has never computed the figures that are asked for (503 of the type <c>table-missing</c>); others may well be there.</summary>
    NotComputed,

    /// <summary>The page's address has a value that cannot be used (400).</summary>
    BadAddress,

    /// <summary>The service refused the request or failed.</summary>
    Refused,
}
