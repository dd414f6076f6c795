using System.Diagnostics;
using Dunnhumby.Insights.Api.Tests.Rows;
using Dunnhumby.Insights.Api.Tests.Warehouses;
using Dunnhumby.TestSupport.Samples;

namespace Dunnhumby.Insights.Api.Tests.Reference;

/// <summary>A program in TypeScript whose types are generated from the document, against the running API. It needs Node and npm, as tests/openapi/check.sh does.</summary>
[Collection(nameof(PublishedDeskGroup))]
public sealed class ClientTests(PublishedDesk desk)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>The desk has 20 products, which are three pages of 7. Product 12 is beef, and there is no product 1.</summary>
    [Fact]
    public async Task TypedClient_AgainstTheRunningApi_ReadsProductsPagesAndTotals()
    {
        Assert.SkipUnless(IsThere("node") && IsThere("npm"), "There is no Node with npm.");
        var start = new ProcessStartInfo("bash", [Path.Combine(Repository.Root, "tests", "openapi", "read.sh"), desk.Client.BaseAddress.ShouldNotBeNull().ToString().TrimEnd('/')])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["API_KEY"] = InsightsHost.ReadKey },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        using var program = Process.Start(start).ShouldNotBeNull();
        var (output, errors) = (program.StandardOutput.ReadToEndAsync(limit.Token), program.StandardError.ReadToEndAsync(limit.Token));
        try
        {
            await program.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!program.HasExited)
            {
                program.Kill(entireProcessTree: true);
            }
        }

        program.ExitCode.ShouldBe(0, await errors);
        (await output).Trim().ShouldBe(
            """{"pages":3,"rows":20,"different":20,"inOrder":true,"addsUp":true,"known":"BEEF","unknown":"urn:dunnhumby:problem:unknown-product","found":"BUTTER, BUTTER, GROCERY, Private"}""");
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
