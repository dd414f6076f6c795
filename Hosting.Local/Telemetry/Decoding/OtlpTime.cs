namespace Dunnhumby.Hosting.Local.Telemetry.Decoding;

/// <summary>Nanoseconds since 1970: every 64-bit count of them is a date before the year 2555.</summary>
internal static class OtlpTime
{
    private const int NanosecondsPerTick = 100;

    /// <summary>To the last whole 100 ns.</summary>
    public static DateTimeOffset Of(ulong nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks((long)(nanoseconds / NanosecondsPerTick));

    /// <summary>As <see cref="Of"/>; zero, which means that the time is not known, is replaced.</summary>
    public static DateTimeOffset Or(ulong nanoseconds, DateTimeOffset whenUnknown) => nanoseconds == 0 ? whenUnknown : Of(nanoseconds);
}
