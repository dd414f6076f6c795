using System.Text.RegularExpressions;
using CsCheck;

namespace Dunnhumby.TestSupport.Fuzzing;

/// <summary>Requests that are right but for a few places, so that they get past the first check.</summary>
internal static partial class OddRequests
{
    private static readonly Gen<string> OtherMethod = Pick.From("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW");

    private static readonly Gen<string> UnknownParameter = Pick.From("nothing=1", "limit%00=1", "=", "&&", "a[]=1&a[]=2", "%F0%9F%98%80=x", "LIMIT=1", "__proto__=1", "$filter=1", "after=x&after=y", "id=1");

    /// <param name="operations">Each as likely as any other.</param>
    internal static Gen<FuzzRequest> Of(IReadOnlyList<FuzzOperation> operations) =>
        from operation in Pick.From(operations)
        from request in Of(operation)
        select request;

    private static Gen<FuzzRequest> Of(FuzzOperation operation) =>
        from method in Gen.Frequency((30, Gen.Const(operation.Method)), (1, OtherMethod))
        from path in Path(operation)
        from query in Query(operation)
        from body in Body(operation)
        from known in Known(operation)
        from odd in Gen.Frequency((6, Gen.Int[0, 0]), (3, Gen.Int[1, 1]), (1, Gen.Int[2, 5])).SelectMany(count => OddValues.Header.Array[count])
        select new FuzzRequest(operation, method, query.Length == 0 ? path : $"{path}?{query}", [.. body.Headers, .. known, .. odd], body.Bytes);

    private static Gen<string> Path(FuzzOperation operation)
    {
        var path = Gen.Const(operation.Path);
        foreach (Match segment in Segment().Matches(operation.Path))
        {
            var values = operation.Parameters.FirstOrDefault(known => segment.Value.AsSpan(1, segment.Length - 2).StartsWith(known.Name, StringComparison.Ordinal))?.Values ?? [];
            path = from before in path
                   from value in Gen.Frequency((values.Count == 0 ? 0 : 5, Fitting(values)), (2, OddValues.InAddress(values)))
                   select before.Replace(segment.Value, value, StringComparison.Ordinal);
        }

        return path;
    }

    private static Gen<string> Query(FuzzOperation operation)
    {
        var query = Gen.Const(Array.Empty<string>());
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In is "query"))
        {
            var given = Gen.Frequency((parameter.Values.Count == 0 ? 0 : 4, Fitting(parameter.Values)), (1, OddValues.InAddress(parameter.Values))).Select(value => $"{parameter.Name}={value}");
            var some = Gen.Frequency((20, Gen.Const(Array.Empty<string>())), (9, given.Array[1]), (1, given.Array[2, 12]));
            query = from before in query
                    from added in some
                    select (string[])[.. before, .. added];
        }

        return from known in query
               from unknown in Gen.Frequency((15, Gen.Const("")), (1, UnknownParameter))
               select string.Join('&', unknown.Length == 0 ? known : [.. known, unknown]);
    }

    private static Gen<KeyValuePair<string, string>[]> Known(FuzzOperation operation)
    {
        var headers = Gen.Const(Array.Empty<KeyValuePair<string, string>>());
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In is "header"))
        {
            var absent = Gen.Const("");
            var value = Gen.Frequency(
                (parameter.IsRequired ? 1 : 8, absent),
                (parameter.Values.Count == 0 ? 0 : parameter.IsRequired ? 18 : 3, Fitting(parameter.Values)),
                (1, OddValues.InHeader));
            headers = from before in headers
                      from given in value
                      select given.Length == 0 ? before : [.. before, KeyValuePair.Create(parameter.Name, given)];
        }

        return headers;
    }

    private static Gen<(byte[]? Bytes, KeyValuePair<string, string>[] Headers)> Body(FuzzOperation operation)
    {
        if (operation.Example is { } example)
        {
            return from bytes in OddBodies.LikeJson(example)
                   from type in Type(["application/json"])
                   select ((byte[]?)bytes, type);
        }

        var none = Gen.Const(((byte[]?)null, Array.Empty<KeyValuePair<string, string>>()));
        var file = from bytes in OddBodies.LikeFile(operation.Files)
                   from type in Type(operation.FileTypes)
                   select ((byte[]?)bytes, type);
        return operation.FileTypes.Count == 0 ? Gen.Frequency((12, none), (1, file)) : Gen.Frequency((1, none), (20, file));
    }

    private static Gen<KeyValuePair<string, string>[]> Type(IReadOnlyList<string> fitting) => Gen
        .Frequency((fitting.Count == 0 ? 0 : 15, Fitting(fitting)), (1, OddValues.InHeader))
        .Select(type => type.Length == 0 ? [] : new[] { KeyValuePair.Create("Content-Type", type) });

    private static Gen<string> Fitting(IReadOnlyList<string> values) => values.Count == 0 ? Gen.Const("") : Pick.From(values);

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Segment();
}
