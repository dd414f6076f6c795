using System.Globalization;
using System.Runtime.InteropServices;

namespace Dunnhumby.SampleData.Tests;

/// <summary>A row of transaction_data; money in cents.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Purchase(
    int Household, long Basket, int Day, int Product, int Quantity, int Sales, int Store, int Discount, int Time, int Week, int Coupon, int Match)
{
    internal static Purchase Parse(string[] fields) => new(
        Int(fields[0]),
        long.Parse(fields[1], CultureInfo.InvariantCulture),
        Int(fields[2]),
        Int(fields[3]),
        Int(fields[4]),
        Cents(fields[5]),
        Int(fields[6]),
        Cents(fields[7]),
        Int(fields[8]),
        Int(fields[9]),
        Cents(fields[10]),
        Cents(fields[11]));

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int Cents(string text) => (int)(decimal.Parse(text, CultureInfo.InvariantCulture) * 100);
}
