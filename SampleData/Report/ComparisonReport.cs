using System.Globalization;

namespace Dunnhumby.SampleData.Report;

/// <summary>Compares a generated panel with the real sample: charts as files, figures as a table in Markdown.</summary>
internal static class ComparisonReport
{
    /// <summary>Writes <c>sample-data-*.svg</c> into a folder and returns the table.</summary>
    internal static async Task<string> WriteAsync(string folder, string realFolder, string generatedFolder, CancellationToken cancellationToken)
    {
        var sample = PanelSample.Read(realFolder);
        var real = new Marginals(sample);
        var generated = new Marginals(PanelSample.Read(generatedFolder, sample.Lines.Count));
        Directory.CreateDirectory(folder);
        foreach (var (one, other) in real.Curves().Zip(generated.Curves()))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"sample-data-{one.Name}.svg"), ComparisonChart.Draw(one, other), cancellationToken);
        }

        var rows = real.Figures().Zip(generated.Figures(), (one, other) =>
            string.Create(CultureInfo.InvariantCulture, $"| {one.Name} | {one.Value:0.####} | {other.Value:0.####} |"));
        return string.Join('\n', ["| | real sample | generated |", "|---|---:|---:|", .. rows]);
    }
}
