using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.ServiceDefaults.Tests;

public sealed class ResilienceTests
{
    [Theory]
    [InlineData("GET", 2, HttpStatusCode.OK)]
    [InlineData("POST", 1, HttpStatusCode.ServiceUnavailable)]
    [InlineData("DELETE", 1, HttpStatusCode.ServiceUnavailable)]
    public async Task Send_ServiceFailsOnce_IsTriedAgainOnlyWhenThatIsSafe(string method, int expectedRequests, HttpStatusCode expected)
    {
        using var service = new FailsOnce();
        var builder = Host.CreateApplicationBuilder();
        builder.AddServiceDefaults();
        builder.Services.AddHttpClient("service").ConfigurePrimaryHttpMessageHandler(() => service);
        using var host = builder.Build();
        using var client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("service");

        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "http://localhost:1/"), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(expected);
        service.Requests.ShouldBe(expectedRequests);
    }

    private sealed class FailsOnce : HttpMessageHandler
    {
        internal int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(++Requests == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK));
    }
}
