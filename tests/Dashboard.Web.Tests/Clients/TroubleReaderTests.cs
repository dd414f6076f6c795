using System.Net;
using Dunnhumby.Dashboard.Web.Clients;

namespace Dunnhumby.Dashboard.Web.Tests.Clients;

public sealed class TroubleReaderTests
{
    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Forbidden)]
    public void Of_KeyRefused_SaysWhichSettingsToLookAt(HttpStatusCode status)
    {
        var trouble = TroubleReader.Of(status, """{"title":"Unauthorized","detail":"Send an API key in the header X-Api-Key."}""", "insights");

        trouble.Kind.ShouldBe(TroubleKind.Unauthorized);
        trouble.Detail.ShouldStartWith("Send an API key in the header X-Api-Key. Set the same key");
        trouble.Detail.ShouldContain("ApiKeys__read");
    }

    [Fact]
    public void Of_ValidationProblem_ListsTheFields()
    {
        var trouble = TroubleReader.Of(HttpStatusCode.BadRequest, """{"title":"Bad request","errors":{"limit":["Must be 1 to 500."]}}""", "insights");

        trouble.Title.ShouldBe("Bad request");
        trouble.Detail.ShouldBe("limit: Must be 1 to 500.");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("[1]")]
    public void Of_NoProblemBody_NamesServiceAndStatus(string? body) =>
        TroubleReader.Of(HttpStatusCode.BadGateway, body, "ingestion").Title.ShouldBe("The ingestion service answered 502");
}
