using System.Globalization;

namespace Dunnhumby.Hosting.Local.Dashboard.Elements;

/// <summary>Times, durations and counts as every page shows them.</summary>
public static class Format
{
    /// <summary>The time of day, local, with milliseconds; with the date when that is not today.</summary>
    public static string Time(DateTimeOffset instant, DateTimeOffset now)
    {
        var local = instant.ToLocalTime();
        return local.ToString(local.Date == now.ToLocalTime().Date ? "HH:mm:ss.fff" : "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
    }

    /// <summary>The time of day, local, to the second; with the date when that is not today.</summary>
    public static string Clock(DateTimeOffset instant, DateTimeOffset now)
    {
        var local = instant.ToLocalTime();
        return local.ToString(local.Date == now.ToLocalTime().Date ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }

    /// <summary>The whole instant, local, with its offset: for titles and details.</summary>
    public static string Instant(DateTimeOffset instant) => instant.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff zzz", CultureInfo.InvariantCulture);

    /// <summary>Three significant digits and a unit, such as 1.23 ms or 2 m 5 s.</summary>
    public static string Duration(TimeSpan duration)
    {
        var seconds = duration.TotalSeconds;
        return seconds switch
        {
            < 0 => "-" + Duration(duration.Negate()),
            0 => "0 s",
            < 0.001 => $"{Digits(seconds * 1e6)} μs",
            < 1 => $"{Digits(seconds * 1e3)} ms",
            < 60 => $"{Digits(seconds)} s",
            < 3600 => $"{duration.Minutes} m {duration.Seconds} s",
            _ => $"{(int)duration.TotalHours} h {duration.Minutes} m",
        };
    }

    /// <summary>How long ago, in the largest unit that fits.</summary>
    public static string Ago(TimeSpan age) => age.TotalSeconds switch
    {
        < 60 => $"{Math.Max(0, (int)age.TotalSeconds)} s ago",
        < 3600 => $"{(int)age.TotalMinutes} min ago",
        < 86_400 => $"{(int)age.TotalHours} h ago",
        _ => $"{(int)age.TotalDays} d ago",
    };

    /// <summary>A number with groups of three digits.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Digits(double value)
    {
        var decimals = value switch { >= 100 => 0, >= 10 => 1, _ => 2 };
        return Math.Round(value, decimals).ToString(CultureInfo.InvariantCulture);
    }
}
