namespace Dunnhumby.Transform.Worker.Tests.Lakes;

/// <summary>Rows of the eight files with what a test cares about; the rest is filled in.</summary>
internal static class Rows
{
    internal static string Line(int household, long basket, int day, int product, string sales, int quantity = 1) =>
        $"{household},{basket},{day},{product},{quantity},{sales},1,0.00,1200,{(day + 8) / 7},0.00,0.00";

    internal static string Product(int product, string commodity, string subCommodity = "ANY") => $"{product},1,GROCERY,National,{commodity},{subCommodity},";

    internal static string Household(int household, string age = "", string income = "", string composition = "", string size = "") =>
        $"{age},A,{income},Homeowner,{composition},{size},None/Unknown,{household}";

    internal static string Campaign(int campaign, int firstDay, int lastDay) => $"TypeA,{campaign},{firstDay},{lastDay}";

    internal static string Coupon(int campaign, int product, long upc = 1) => $"{upc},{product},{campaign}";
}
