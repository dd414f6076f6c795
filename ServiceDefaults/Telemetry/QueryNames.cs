using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace Dunnhumby.ServiceDefaults.Telemetry;

/// <summary>
/// Names the spans of database calls by what they do and to what, such as <c>INSERT loads</c>: the conventions' <c>db.query.summary</c>. The driver knows only the
/// statement and calls all of them alike. Names the database as the peer, too: Aspire's dashboard would go by the server's address, which several resources share.
/// </summary>
internal sealed partial class QueryNames : BaseProcessor<Activity>
{
    private const int MatchMilliseconds = 50;

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name is not "Npgsql")
        {
            return;
        }

        data.SetTag("peer.service", data.GetTagItem("db.namespace"));
        if (data.GetTagItem("db.query.text") is string { Length: > 0 } statement)
        {
            var summary = Summary(statement);
            data.DisplayName = summary;
            data.SetTag("db.query.summary", summary);
        }
    }

    /// <summary>The first word and the first table, without its schema: schemas of versions and of builds have a number each.</summary>
    internal static string Summary(string statement)
    {
        var verb = Verb().Match(statement).Value.ToUpperInvariant();
        try
        {
            return Target().Match(statement) is { Success: true } target ? $"{verb} {target.Groups["name"].Value}" : verb;
        }
        catch (RegexMatchTimeoutException)
        {
            return verb;
        }
    }

    [GeneratedRegex(@"[A-Za-z]+", RegexOptions.None, MatchMilliseconds)]
    private static partial Regex Verb();

    [GeneratedRegex(
        @"\b(?:from|into|update|table|view|copy)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:""?\w+""?\.)?""?(?<name>[A-Za-z_]\w*)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        MatchMilliseconds)]
    private static partial Regex Target();
}
