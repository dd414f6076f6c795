using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Dunnhumby.Insights.Api.Versions;
using Npgsql;

namespace Dunnhumby.Insights.Api.Rows;

/// <summary>A member of a record that is read from a table.</summary>
/// <param name="Name">As clients see it: <c>salesValue</c>.</param>
/// <param name="Column">The column: <c>sales_value</c>. Of a date the DAY that it follows from.</param>
/// <param name="Type">The type of the value, without null.</param>
/// <param name="IsNullable">Whether the column may be null.</param>
internal sealed record RowMember(string Name, string Column, Type Type, bool IsNullable)
{
    /// <summary>A date is not in the table: it is the DAY on the version's calendar.</summary>
    internal bool IsDate => Type == typeof(DateOnly);
}

/// <summary>
/// How rows become records: each parameter of the record's constructor is the column of its name, and a date is that of the DAY with its name (<c>FirstDate</c> of
/// <c>first_day</c>). So a typed row says what the table says, and what is documented of the table's columns holds for it.
/// </summary>
internal sealed class RowShape<T>
{
    internal static readonly RowShape<T> Instance = new();

    private readonly Func<NpgsqlDataReader, PublishedVersion, T> _read;

    private RowShape()
    {
        var constructor = typeof(T).GetConstructors().Single();
        var nullability = new NullabilityInfoContext();
        Members = [.. constructor.GetParameters().Select(parameter => MemberOf(parameter, nullability))];
        Columns = [.. Members.Select(member => member.Column).Distinct(StringComparer.Ordinal)];
        _read = Compile(constructor);
        Empty = (T)constructor.Invoke([.. Members.Select(member => member is { IsNullable: false, Type.IsValueType: true } ? Activator.CreateInstance(member.Type) : null)]);
    }

    internal IReadOnlyList<RowMember> Members { get; }

    /// <summary>What is selected, in this order: records are read by position.</summary>
    internal IReadOnlyList<string> Columns { get; }

    /// <summary>Zero in every member: what no rows add up to.</summary>
    internal T Empty { get; }

    internal T Read(NpgsqlDataReader row, PublishedVersion version) => _read(row, version);

    /// <exception cref="InvalidOperationException">The record has no such member.</exception>
    internal RowMember Member(string name) => Members.Single(member => string.Equals(member.Name, name, StringComparison.Ordinal));

    private static RowMember MemberOf(ParameterInfo parameter, NullabilityInfoContext nullability)
    {
        var name = parameter.Name ?? throw new InvalidOperationException($"{typeof(T).Name} has a parameter without a name.");
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var source = type == typeof(DateOnly) ? $"{name[..^"Date".Length]}Day" : name;
        return new RowMember(
            JsonNamingPolicy.CamelCase.ConvertName(name),
            JsonNamingPolicy.SnakeCaseLower.ConvertName(source),
            type,
            nullability.Create(parameter).WriteState is NullabilityState.Nullable);
    }

    /// <summary>Compiled once: reading by reflection would take longer than the database does.</summary>
    private Func<NpgsqlDataReader, PublishedVersion, T> Compile(ConstructorInfo constructor)
    {
        var row = Expression.Parameter(typeof(NpgsqlDataReader));
        var version = Expression.Parameter(typeof(PublishedVersion));
        var columns = Columns.ToList();
        var arguments = Members.Select(member =>
        {
            var position = Expression.Constant(columns.IndexOf(member.Column));
            return member switch
            {
                { IsDate: true } => Expression.Call(version, nameof(PublishedVersion.DateOf), typeArguments: null, Expression.Call(row, nameof(NpgsqlDataReader.GetInt32), typeArguments: null, position)),
                { IsNullable: true } when member.Type.IsValueType => Expression.Call(typeof(RowExtensions), nameof(RowExtensions.ValueOrNull), [member.Type], row, position),
                { IsNullable: true } => Expression.Call(typeof(RowExtensions), nameof(RowExtensions.TextOrNull), typeArguments: null, row, position),
                _ => Expression.Call(row, nameof(NpgsqlDataReader.GetFieldValue), [member.Type], position),
            };
        });
        return Expression.Lambda<Func<NpgsqlDataReader, PublishedVersion, T>>(Expression.New(constructor, arguments), row, version).Compile();
    }
}
