using System.Collections;
using System.Data;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dunnhumby.Insights.Api.Lists;

/// <summary>
/// The items of a list as a table: a column for each property, named as in JSON but with underscores (<c>salesValue</c> is <c>sales_value</c>). Of a property with properties of its own, and of
/// a map by name, each is a column, such as <c>sections_dairy</c>. What is a list itself is its JSON as text. Days and times are as in JSON, ISO 8601.
/// </summary>
internal static class ListTable
{
    /// <summary>Precision and scale of every decimal as Parquet: no figure has more places, or more digits than it leaves room for.</summary>
    internal static readonly (int Precision, int Scale) Decimals = (28, 6);

    /// <param name="items">The items.</param>
    /// <param name="named">Their columns where these have names of their own; null for one of each property.</param>
    internal static DataTable Of<T>(IReadOnlyList<T> items, IReadOnlyList<ListColumn<T>>? named = null)
    {
        IReadOnlyList<object?> rows = [.. items.Cast<object?>()];
        List<Column> columns =
        [
            .. named?.SelectMany(column => OfValue(column.Type, column.Name, item => item is T row ? column.Value(row) : null, rows)) ?? OfProperties(typeof(T), "", item => item, rows),
        ];
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        foreach (var column in columns)
        {
            table.Columns.Add(column.Name, column.Type);
        }

        foreach (var item in items)
        {
            table.Rows.Add([.. columns.Select(column => column.Value(item) ?? DBNull.Value)]);
        }

        return table;
    }

    private static IEnumerable<Column> OfProperties(Type type, string prefix, Func<object?, object?> owner, IReadOnlyList<object?> items) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .SelectMany(property => OfValue(
                property.PropertyType,
                prefix + JsonNamingPolicy.SnakeCaseLower.ConvertName(property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name),
                item => owner(item) is { } owned ? property.GetValue(owned) : null,
                items));

    private static IEnumerable<Column> OfValue(Type type, string name, Func<object?, object?> value, IReadOnlyList<object?> items)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(short) || plain == typeof(int) || plain == typeof(long))
        {
            return [new Column(name, typeof(long), item => value(item) is { } number ? Convert.ToInt64(number, CultureInfo.InvariantCulture) : null)];
        }

        if (plain == typeof(decimal) || plain == typeof(bool) || plain == typeof(string))
        {
            return [new Column(name, plain, value)];
        }

        if (plain == typeof(DateOnly) || plain == typeof(DateTimeOffset))
        {
            return [new Column(name, typeof(string), item => value(item) is { } time ? JsonSerializer.SerializeToElement(time, plain, JsonSerializerOptions.Web).GetString() : null)];
        }

        if (plain.IsValueType)
        {
            throw new NotSupportedException($"{name} has the type {plain.Name}: its form would be left to chance.");
        }

        if (ValueOfMap(plain) is { } valueType)
        {
            var keys = items.SelectMany(item => value(item) is IEnumerable map ? map.Cast<object>().Select(KeyOf) : []).Distinct(StringComparer.Ordinal).ToList();
            return keys.SelectMany(key => OfValue(
                valueType,
                $"{name}_{key}",
                item => value(item) is IEnumerable map ? map.Cast<object>().Where(pair => string.Equals(KeyOf(pair), key, StringComparison.Ordinal)).Select(ValueOf).FirstOrDefault() : null,
                items));
        }

        return typeof(IEnumerable).IsAssignableFrom(plain)
            ? [new Column(name, typeof(string), item => value(item) is { } list ? JsonSerializer.Serialize(list, list.GetType(), JsonSerializerOptions.Web) : null)]
            : OfProperties(plain, name + '_', value, items);
    }

    /// <summary>The type of the values of a map by name; null of what is none.</summary>
    private static Type? ValueOfMap(Type type) => type.GetInterfaces().Append(type)
        .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .Select(one => one.GetGenericArguments()[0])
        .Where(item => item.IsGenericType && item.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) && item.GetGenericArguments()[0] == typeof(string))
        .Select(item => item.GetGenericArguments()[1])
        .FirstOrDefault();

    private static string KeyOf(object pair) => (string?)pair.GetType().GetProperty(nameof(KeyValuePair<,>.Key))?.GetValue(pair) ?? "";

    private static object? ValueOf(object pair) => pair.GetType().GetProperty(nameof(KeyValuePair<,>.Value))?.GetValue(pair);

    private sealed record Column(string Name, Type Type, Func<object?, object?> Value);
}

/// <summary>A column of a list with a name of its own.</summary>
/// <param name="name">The name.</param>
/// <param name="value">A property of an item.</param>
internal sealed class ListColumn<T>(string name, Expression<Func<T, object?>> value)
{
    internal string Name => name;

    internal Type Type { get; } = value.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand.Type : value.Body.Type;

    internal Func<T, object?> Value { get; } = value.Compile();
}
