using Dunnhumby.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dunnhumby.ServiceDefaults.Tests;

public sealed class MessagingTests
{
    [Fact]
    public async Task AddMessaging_AnyService_ReportsItsUseToNobody()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1")]);
        builder.AddMessaging();
        await using var app = builder.Build();

        app.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled.ShouldBeFalse();
    }
}
