using System.Globalization;
using System.Text;

namespace Dunnhumby.Benchmarks.Report;

/// <summary>The parts that the charts share. Colours follow the reader's light or dark theme.</summary>
internal static class Svg
{
    internal const int Width = 680;

    internal static StringBuilder Begin(int height, string title)
    {
        var text = new StringBuilder();
        Add(text, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="sans-serif" font-size="12">""");
        Add(text, $"<title>{title}</title>");
        text.Append("""
            <style>
              .paper { fill: #ffffff } .ink { fill: #24292f } .soft { fill: #57606a } .grid { stroke: #d0d7de } .ours { fill: #0b6bcb; stroke: #0b6bcb } .peer { fill: #b35900; stroke: #b35900 }
              @media (prefers-color-scheme: dark) {
                .paper { fill: #0d1117 } .ink { fill: #e6edf3 } .soft { fill: #9198a1 } .grid { stroke: #30363d } .ours { fill: #58a6ff; stroke: #58a6ff } .peer { fill: #f0883e; stroke: #f0883e }
              }
            </style>

            """);
        Add(text, $"""<rect class="paper" width="{Width}" height="{height}"/>""");
        Add(text, $"""<text class="ink" x="16" y="24" font-size="15" font-weight="bold">{title}</text>""");
        return text;
    }

    internal static void Add(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    internal static string End(StringBuilder text) => text.Append("</svg>\n").ToString();
}
