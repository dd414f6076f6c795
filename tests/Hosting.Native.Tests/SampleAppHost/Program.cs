using Dunnhumby.AppHost;
using Dunnhumby.Hosting.Native;
using Microsoft.Extensions.Configuration;

// The model of the tests: each of the servers, a database and a process that uses it. The settings PostgresPort, MessagingPort, Broker=false and Service=false are the tests'.
var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });
builder.UseNativeServersWithoutContainerEngine();
builder.Configuration.StopWithParent();

var warehouse = builder.AddPostgres("postgres", port: builder.Configuration.GetValue<int?>("PostgresPort")).WithDataVolume("postgres-data").AddDatabase("warehouse");
if (builder.Configuration.GetValue("Broker", true))
{
    builder.AddRabbitMQ("messaging", port: builder.Configuration.GetValue<int?>("MessagingPort")).WithDataVolume("messaging-data");
}

if (builder.Configuration.GetValue("Service", true))
{
    builder.AddExecutable("service", "sleep", "/", "infinity").WithReference(warehouse).WaitFor(warehouse);
}

builder.SayWhenHealthy();
return await builder.Build().RunOrSayWhyNotAsync();
