// A small application with one of everything that can be left behind: a server of each kind, a service, and a program with a child and a daemon.
using Aspire.Hosting;

var builder = DistributedApplication.CreateBuilder(args);
var postgres = builder.AddPostgres("postgres").WithDataVolume();
var database = postgres.AddDatabase("database");
var broker = builder.AddRabbitMQ("broker").WithDataVolume();
builder.AddProject("service", "../SampleService/SampleService.csproj")
    .WithReference(database)
    .WithReference(broker)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health");
builder.AddExecutable("shell", "sh", ".", "-c", "sleep 1000 & setsid sleep 1000 & wait");
await builder.Build().RunAsync();
