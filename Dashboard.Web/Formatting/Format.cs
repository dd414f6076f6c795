using System.Globalization;

namespace Dunnhumby.Dashboard.Web.Formatting;

/// <summary>How figures, days and durations are written on every page.</summary>
internal static class Format
{
    /// <summary>Dollars with two decimals: <c>$1,234.56</c>, <c>−$0.50</c>.</summary>
    internal static string Money(decimal dollars) => Signed(dollars, "#,0.00");

    /// <summary>Dollars without cents: <c>$1,235</c>.</summary>
    internal static string Dollars(decimal dollars) => Signed(dollars, "#,0");

    /// <summary>Dollars on an axis, short enough for its margin however large: <c>$1,235</c>, <c>$2.5M</c>, <c>$10,000T</c>.</summary>
    internal static string Axis(decimal dollars) => Math.Abs(dollars) switch
    {
        < 1_000_000m => Dollars(dollars),
        < 1_000_000_000m => $"{Signed(dollars / 1_000_000m, "#,0.##")}M",
        < 1_000_000_000_000m => $"{Signed(dollars / 1_000_000_000m, "#,0.##")}B",
        _ => $"{Signed(dollars / 1_000_000_000_000m, "#,0.##")}T",
    };

    internal static string Money(decimal? dollars) => dollars is { } known ? Money(known) : "–";

    internal static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 day</c>, <c>2 days</c>.</summary>
    internal static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    internal static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day as charts and tables name it: <c>Sat 2004-12-25 · DAY 278</c>.</summary>
    internal static string Day(int day, DateOnly date) => $"{date.ToString("ddd yyyy-MM-dd", CultureInfo.InvariantCulture)} · DAY {day}";

    internal static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How long ago: <c>just now</c>, <c>3 minutes ago</c>, <c>2 days ago</c>.</summary>
    internal static string Ago(TimeSpan elapsed) => elapsed.TotalSeconds switch
    {
        < 10 => "just now",
        < 60 => $"{Count((long)elapsed.TotalSeconds, "second")} ago",
        < 3_600 => $"{Count((long)elapsed.TotalMinutes, "minute")} ago",
        < 86_400 => $"{Count((long)elapsed.TotalHours, "hour")} ago",
        _ => $"{Count((long)elapsed.TotalDays, "day")} ago",
    };

    /// <summary>A duration: <c>85 ms</c>, <c>1.24 s</c>, <c>3 min 5 s</c>.</summary>
    internal static string Seconds(TimeSpan duration) => duration.TotalSeconds switch
    {
        < 1 => $"{duration.TotalMilliseconds:0} ms",
        < 60 => $"{duration.TotalSeconds:0.00} s",
        _ => $"{(long)duration.TotalMinutes} min {duration.Seconds} s",
    };

    /// <summary>A size in decimal units: <c>812 B</c>, <c>1.4 MB</c>.</summary>
    internal static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => $"{bytes / 1e3:0.0} kB",
        < 1_000_000_000 => $"{bytes / 1e6:0.0} MB",
        _ => $"{bytes / 1e9:0.00} GB",
    };

    /// <summary>A section's name as people read it: <c>grain_goods</c> is <c>Grain goods</c>.</summary>
    internal static string Section(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');

    internal static string Flag(bool? flag) => flag switch
    {
        true => "yes",
        false => "no",
        null => "unknown",
    };

    private static string Signed(decimal dollars, string pattern)
    {
        var digits = Math.Abs(dollars).ToString(pattern, CultureInfo.InvariantCulture);
        return dollars < 0 ? $"−${digits}" : $"${digits}";
    }
}
