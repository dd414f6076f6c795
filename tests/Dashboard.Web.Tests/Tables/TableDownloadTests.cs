using System.Net;
using Dunnhumby.Dashboard.Web.Tests.Server;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Dunnhumby.Dashboard.Web.Tests.Tables;

/// <summary>Files of tables, as a browser gets them.</summary>
public sealed class TableDownloadTests(AnsweringServer server) : IClassFixture<AnsweringServer>
{
    private readonly HttpClient _browser = server.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_Filtered_IsWhatTheServiceSendsAsAFile()
    {
        using var answer = await _browser.GetAsync(new Uri("/tables/1/download?format=csv&filter=department%3DDELI", UriKind.Relative), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition?.ToString().ShouldStartWith("attachment; filename=1.csv");
        // The stub's answer, as it is.
        (await answer.Content.ReadAsStringAsync(Token)).ShouldBe("[1,2]");
    }

    [Theory]
    [InlineData("/tables/404/download?format=csv&sort=-day", "/tables/404?sort=-day")]
    [InlineData("/tables/1/download?format=xlsx&filter=department%3DDELI", "/tables/1?filter=department%3DDELI")]
    [InlineData("/tables/1/download", "/tables/1")]
    [InlineData("/tables/1/download?format=csv&version=x", "/tables/1?version=x")]
    [InlineData("/tables/%2F%2Felsewhere.example/download?format=csv", "/tables/%252F%252Felsewhere.example")]
    public async Task Get_WhatCannotBeSent_LeadsToThePageThatSaysWhy(string address, string page)
    {
        using var answer = await _browser.GetAsync(new Uri(address, UriKind.Relative), Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location?.ToString().ShouldBe(page);
    }
}
