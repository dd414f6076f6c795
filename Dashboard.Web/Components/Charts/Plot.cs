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
