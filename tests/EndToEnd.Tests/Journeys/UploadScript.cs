using System.Diagnostics;
using Dunnhumby.EndToEnd.Tests.Stacks;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.EndToEnd.Tests.Journeys;

/// <summary>The README's way to upload a folder.</summary>
internal static class UploadScript
{
    /// <summary>Runs <c>samples/upload.sh</c> against a stack and gives what it said, line by line.</summary>
    internal static async Task<IReadOnlyList<string>> RunAsync(IStack stack, string folder)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "samples", "upload.sh"), [folder])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["INGESTION_URL"] = stack.Ingestion.ToString().TrimEnd('/');
        start.Environment["INGEST_KEY"] = StackSettings.IngestKey;
        using var script = Process.Start(start) ?? throw new InvalidOperationException("The script did not start.");
        var said = await script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var complained = await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        script.ExitCode.ShouldBe(0, $"{said}{complained}");
        return said.TrimEnd().Split('\n');
    }
}
