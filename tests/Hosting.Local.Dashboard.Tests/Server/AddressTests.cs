using System.Globalization;
using System.Net;
using Dunnhumby.Hosting.Local.Dashboard.Tests.Application;

namespace Dunnhumby.Hosting.Local.Dashboard.Tests.Server;

public sealed class AddressTests(DashboardFixture fixture)
{
    [Fact]
    public async Task Start_PortIsTaken_TakesAFreeOneAndTellsTheModel()
    {
        var taken = fixture.Application.Settings.Frontend;
        string? told = null;
        await using var second = await RunningApplication.StartAsync(builder => told = builder.Configuration["ASPNETCORE_URLS"], $"--ASPNETCORE_URLS=http://localhost:{taken.Port.ToString(CultureInfo.InvariantCulture)}");

        second.Settings.IsElsewhere.ShouldBeTrue();
        second.Settings.Frontend.Port.ShouldNotBe(taken.Port);
        told.ShouldBe(second.Settings.Frontend.GetLeftPart(UriPartial.Authority));

        // Each knows its own token only.
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = second.Settings.Frontend };
        using var answer = await client.GetAsync($"/login?t={fixture.Application.Settings.BrowserToken}", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
