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
