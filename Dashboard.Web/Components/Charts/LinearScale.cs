namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>Maps a value of the domain to a coordinate of the range, linearly; the range may run backwards, as the y axis of a picture does.</summary>
public sealed record LinearScale(double DomainStart, double DomainEnd, double RangeStart, double RangeEnd)
{
    /// <summary>The coordinate of <paramref name="value"/>; the middle of the range when the domain is a single value.</summary>
    public double Map(double value) => DomainEnd.Equals(DomainStart)
        ? (RangeStart + RangeEnd) / 2
        : RangeStart + ((value - DomainStart) / (DomainEnd - DomainStart) * (RangeEnd - RangeStart));
}
