using System.Diagnostics.CodeAnalysis;

namespace Dunnhumby.Dashboard.Web.Clients;

/// <summary>What a service answered: a value, or the trouble that kept it from answering.</summary>
internal sealed record Answer<T>(T? Value, Trouble? Trouble)
    where T : class
{
    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Trouble))]
    internal bool Succeeded => Value is not null;

    public static implicit operator Answer<T>(T value) => new(value, Trouble: null);

    public static implicit operator Answer<T>(Trouble trouble) => new(Value: null, trouble);
}

/// <summary>Why there is no answer, in words for people.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Title">One line.</param>
/// <param name="Detail">What happened and what to do, in whole sentences.</param>
/// <param name="TraceId">To find the request in the traces; null when there is none.</param>
public sealed record Trouble(TroubleKind Kind, string Title, string Detail, string? TraceId = null);

/// <summary>Why a service gave no answer: what the reader can do differs.</summary>
public enum TroubleKind
{
    /// <summary>No connection, or no answer in time.</summary>
    Unreachable,

    /// <summary>The key is missing, unknown or of another scope (401, 403).</summary>
    Unauthorized,

    /// <summary>The session of the person has ended, or the service does not take its token (401).</summary>
    SignedOut,

    /// <summary>There is no such thing, or not any more (404, 410).</summary>
    NotFound,

    /// <summary>The service has never computed the figures that are asked for (503 of the type <c>table-missing</c>); others may well be there.</summary>
    NotComputed,

    /// <summary>The page's address has a value that cannot be used (400).</summary>
    BadAddress,

    /// <summary>The service refused the request or failed.</summary>
    Refused,
}
