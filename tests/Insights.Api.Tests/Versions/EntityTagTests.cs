using System.Net;
using Dunnhumby.Insights.Api.Tests.Warehouses;

namespace Dunnhumby.Insights.Api.Tests.Versions;

[Collection(nameof(PublishedInsightsGroup))]
public sealed class EntityTagTests(PublishedInsights insights)
{
    public static TheoryData<string> Reads =>
    [
        "/version", "/households", "/households/1", "/households/1/daily-spend", "/campaigns", "/campaigns/1", "/campaigns/1/daily-sales", "/sales/daily",
        "/tables", "/tables/daily_sales", "/tables/daily_sales/about", "/tables/daily_sales/rows", "/lineage",
    ];

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Read_WithoutCondition_CarriesVersionAsTag(string address)
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, address);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.ETag?.ToString().ShouldBe("\"v1\"");
        response.Headers.CacheControl?.ToString().ShouldBe("no-store");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        response.Headers.Contains("Server").ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Read_KnownTag_Is304WithoutBody(string address)
    {
        foreach (var known in new[] { "\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*" })
        {
            using var response = await insights.Client.SendAsync(HttpMethod.Get, address, ("If-None-Match", known));

            response.StatusCode.ShouldBe(HttpStatusCode.NotModified, known);
            response.Headers.ETag?.ToString().ShouldBe("\"v1\"");
            (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("\"v2\"")]
    [InlineData("\"v11\", W/\"v0\"")]
    [InlineData("v1")]
    public async Task Read_OtherTag_IsAnsweredInFull(string known)
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, "/households/1", ("If-None-Match", known));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Read_AnyTagOfNothing_Is404WithoutTag()
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Get, "/households/12", ("If-None-Match", "*"));

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        response.Headers.ETag.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Head_AnyRead_HasTheHeadersAndNoBody(string address)
    {
        using var response = await insights.Client.SendAsync(HttpMethod.Head, address);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.ETag?.ToString().ShouldBe("\"v1\"");
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Table_InAnyForm_VariesByAccept()
    {
        foreach (var known in new[] { "\"v0\"", "\"v1\"" })
        {
            using var response = await insights.Client.SendAsync(HttpMethod.Get, "/tables/daily_sales", ("If-None-Match", known));

            response.Headers.Vary.ShouldBe(["Accept"]);
        }
    }
}
