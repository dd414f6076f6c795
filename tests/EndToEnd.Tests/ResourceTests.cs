using System.Net;
using Dunnhumby.EndToEnd.Tests.Stacks;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>What Aspire's dashboard offers beside the resources of this application.</summary>
[Collection(nameof(StackFixture))]
public sealed class ResourceTests(StackFixture shared, OwnUserSecrets secrets)
{
    [Theory]
    [InlineData("ingestion")]
    [InlineData("insights")]
    public async Task ApiReference_OfAService_IsBesideItsAddressAndAnswers(string service)
    {
        var links = await shared.Stack.LinksOfAsync(service);
        var reference = links.Single(link => link.DisplayProperties.DisplayName is "API reference");
        new Uri(reference.Url).AbsolutePath.ShouldBe("/docs");

        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(reference.Url), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("scalar", Case.Insensitive, "the name of the page that reads the API's description");
    }

    [Fact]
    public async Task Dashboard_Link_LeadsToThePages()
    {
        var link = (await shared.Stack.LinksOfAsync("dashboard")).Single(link => link.DisplayProperties.DisplayName is "Pages");
        new Uri(link.Url).ShouldBe(shared.Stack.Pages);
    }

    /// <summary>Not <c>dotnet run</c>, which costs each of them seconds at the start and memory as long as it lives.</summary>
    [Theory]
    [InlineData("ingestion", "Dunnhumby.Ingestion.Service")]
    [InlineData("transform", "Dunnhumby.Transform.Worker")]
    [InlineData("insights", "Dunnhumby.Insights.Api")]
    [InlineData("dashboard", "Dunnhumby.Dashboard.Web")]
    public async Task Service_RunsAsTheProgramThatWasBuilt(string service, string program) =>
        Path.GetFileName(await shared.Stack.ProgramOfAsync(service)).ShouldBe(program + (OperatingSystem.IsWindows() ? ".exe" : ""));

    /// <summary>The AppHost keeps what it generates in user secrets: those of the tests.</summary>
    [Fact]
    public void UserSecrets_OfTheTests_AreTheirOwn() => File.Exists(secrets.File).ShouldBeTrue();
}
