using System.Text;
using CsCheck;

namespace Dunnhumby.TestSupport.Fuzzing;

/// <summary>What a parameter or a header should not hold.</summary>
internal static class OddValues
{
    /// <summary>For a path or a query, encoded.</summary>
    private static readonly string[] InAddresses =
    [
        "", "%00", "a%00b", "-1", "0", "-0", "%2B1", "+1", "1.5", "1e3", "1e999", "NaN", "Infinity", "0x10", "1_000", "1,000", "2147483647", "2147483648", "-2147483648", "-2147483649",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "99999999999999999999999999", "null", "true", "TRUE", "[]", "[1]", "{}", "{id}", "1,2", "1%202", "%201", "1%0A",
        "..", ".", "..%2F..%2Fetc%2Fpasswd", "%2e%2e", "%2F", "//", "%5C", "C:%5Cx", "'", "'%20or%201=1--", "%22", "%3Cscript%3E", "%0D%0AX-Made:%20up", "%F0%9F%98%80", "%E2%80%AE", "%EF%BC%91",
        "%D9%A1", "%EF%BB%BF", "%C3%28", "%C0%AF", "%FF", "%ED%A0%80", "%F4%90%80%80", "%", "%zz", "%u0041", "%25", "%2525", "*", "?", "&", "=", ";", ":", "@", "MQ", "MQ==", "bnVsbA", "e30",
        new string('x', 3_000), new string('9', 400), string.Concat(Enumerable.Repeat("%20", 1_000)), new string('x', 9_000),
    ];

    private static readonly string[] InHeaders =
    [
        "", " ", "0", "-1", "1.5", "1e999", "NaN", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "null", "*", "*/*", ",", ",,,", ";", ";;q=", "=", "\"", "\"\"",
        "\"unclosed", "W/\"", "W/\"a\", \"b", "a=b;c", "😀", "é", "\u202E", "\t", "a\tb", "%00", "../../etc/passwd", "sha-256=::", "sha-256=:AAAA:", "sha-256=:!!!!:, sha-512=:=:", "sha1 AAAA", "sha1",
        "sha256 !!", "q=1;q=2", "bytes=0-0", "bytes=-1", "bytes=5-1", "bytes=0-,1-,2-", "bytes=99999999999999999999-", "gzip", "gzip, gzip, gzip", "identity;q=0", "zstd", "br", "deflate", "x-bogus",
        new string('x', 5_000), string.Join(',', Enumerable.Repeat("a;q=0.1", 900)), new string('x', 40_000),
    ];

    private static readonly string[] HeaderNames =
    [
        "Accept", "Accept-Encoding", "Accept-Charset", "Accept-Language", "Content-Type", "Content-Encoding", "Content-Digest", "Content-Disposition", "Content-Language", "Content-Range", "Repr-Digest",
        "Want-Repr-Digest", "Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since", "Idempotency-Key", "Tus-Resumable", "Upload-Length", "Upload-Offset", "Upload-Metadata", "Upload-Concat",
        "Upload-Checksum", "Upload-Defer-Length", "X-HTTP-Method-Override", "Prefer", "Cookie", "Origin", "Referer", "User-Agent", "traceparent", "tracestate", "baggage", "X-Forwarded-For", "X-Forwarded-Proto",
        "Last-Event-ID", "X-Unknown",
    ];

    /// <summary>Values that a header takes, though not here and now.</summary>
    private static readonly string[] Plausible =
    [
        "application/json", "text/csv", "text/html", "image/png", "application/vnd.apache.parquet", "application/*;q=0.1", "application/json;q=0, text/csv;q=0.5", "application/json; charset=utf-16",
        "application/json; charset=bogus", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "attachment; filename=\"../x.csv\"", "attachment; filename*=utf-8''%00", "partial",
        "final;", "final;/uploads/a /uploads/b", "final;http://elsewhere/x", "filename", "filename !!!", "filename Y2FtcGFpZ25fZGVzYy5jc3Y=", "filename AA==,filename AA==", "dataset cHJvZHVjdA==,sha256 AA==",
        "1.0.0", "0.2.2", "PATCH", "DELETE", "HEAD", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "00-00000000000000000000000000000000-0000000000000000-ff", "Thu, 01 Jan 1970 00:00:00 GMT",
        "Thu, 99 Foo 99999 00:00:00 GMT", "http://elsewhere.test", "chunked",
    ];

    /// <summary>A value for a path or a query, of one that fits now and then a damaged copy.</summary>
    internal static Gen<string> InAddress(IReadOnlyList<string> fitting) => Gen.Frequency(
        (8, Pick.From(InAddresses)),
        (1, Gen.String.Select(Uri.EscapeDataString)),
        (1, Gen.String.Select(text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_'))),
        (2, fitting.Count == 0 ? Gen.Const("1") : Damaged(fitting)));

    internal static Gen<string> InHeader { get; } = Gen.Frequency((3, Pick.From(InHeaders)), (2, Pick.From(Plausible)));

    internal static Gen<KeyValuePair<string, string>> Header { get; } =
        from name in Pick.From(HeaderNames)
        from value in InHeader
        select KeyValuePair.Create(name, value);

    private static Gen<string> Damaged(IReadOnlyList<string> fitting) =>
        from value in Pick.From(fitting)
        from at in Gen.Int[0, value.Length]
        from put in Pick.From("", "A", "-", "9", "%20")
        from kept in Gen.Bool
        select kept ? value[..at] + put + value[at..] : value[..at] + put;
}
