namespace Dunnhumby.Dashboard.Web.Components.Charts;

/// <summary>The picture's size and the rectangle inside it where data is drawn, in the units of the picture.</summary>
public sealed record Plot(double Width, double Height, double Left, double Top, double Right, double Bottom)
{
    /// <summary>Wide charts: room for dollar labels on the left, month labels below and marks above.</summary>
    public static Plot Wide { get; } = new(960, 300, 60, 22, 948, 270);

    public static Plot Small { get; } = new(440, 232, 62, 22, 432, 204);

    public double InnerWidth => Right - Left;

    public double InnerHeight => Bottom - Top;

    /// <summary>A scale for values from 0 to <paramref name="max"/>, upwards.</summary>
    public LinearScale Y(double max) => new(0, max, Bottom, Top);
}

/// <summary>Maps a value of the domain to a coordinate of the range, linearly; the range may run backwards, as the y axis of a picture does.</summary>
public sealed record LinearScale(double DomainStart, double DomainEnd, double RangeStart, double RangeEnd)
{
    /// <summary>The coordinate of <paramref name="value"/>; the middle of the range when the domain is a single value.</summary>
    public double Map(double value) => DomainEnd.Equals(DomainStart)
        ? (RangeStart + RangeEnd) / 2
        : RangeStart + ((value - DomainStart) / (DomainEnd - DomainStart) * (RangeEnd - RangeStart));
}

/// <summary>A labelled place on an axis.</summary>
/// <param name="At">Coordinate in the picture.</param>
/// <param name="Label">Short text.</param>
public sealed record Tick(double At, string Label);
