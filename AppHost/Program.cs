using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

var builder = DistributedApplication.CreateBuilder(args);

// Everything that outlives a run is in one directory; the lake is a part of it that several services share.
var dataDirectory = Path.GetFullPath(builder.Configuration["DataDirectory"] ?? Path.Combine("..", ".data"), builder.AppHostDirectory);
var lake = builder.AddConnectionString("lake", ReferenceExpression.Create($"{Path.Combine(dataDirectory, "lake")}"));

// Given as Parameters__ingest-key and so on, or generated once and kept.
var ingestKey = AddSecret("ingest-key");
var readKey = AddSecret("read-key");
var loaderPassword = AddSecret("loader-password");
var transformerPassword = AddSecret("transformer-password");
var readerPassword = AddSecret("reader-password");

var postgres = builder.AddPostgres("postgres").WithDataVolume();
var warehouse = postgres.AddDatabase("warehouse");
var messaging = builder.AddRabbitMQ("messaging").WithDataVolume();

// The owner migrates; each service works with the role that may do what it does and no more.
var loader = AddRole("loader", loaderPassword);
var transformer = AddRole("transformer", transformerPassword);
var reader = AddRole("reader", readerPassword);

var migrations = builder.AddProject("migrations", "../Migrator/Migrator.csproj")
    .WithReference(warehouse)
    .WithEnvironment("Roles__loader", loaderPassword)
    .WithEnvironment("Roles__transformer", transformerPassword)
    .WithEnvironment("Roles__reader", readerPassword)
    .WaitFor(warehouse);

var dashboard = builder.AddProject("dashboard", "../Dashboard.Web/Dashboard.Web.csproj");

var ingestion = builder.AddProject("ingestion", "../Ingestion.Service/Ingestion.Service.csproj")
    .WithReference(loader, "warehouse").WithReference(lake).WithReference(messaging)
    .WithEnvironment("ApiKeys__ingest", ingestKey).WithEnvironment("ApiKeys__read", readKey)
    .WithEnvironment("Cors__Origins__0", dashboard.GetEndpoint("http"))
    .WithExternalHttpEndpoints().WithHttpHealthCheck("/health")
    .WaitForCompletion(migrations).WaitFor(messaging);

var transform = builder.AddProject("transform", "../Transform.Worker/Transform.Worker.csproj")
    .WithReference(transformer, "warehouse").WithReference(lake).WithReference(messaging)
    .WithEnvironment("ApiKeys__read", readKey).WithHttpEndpoint().WithHttpHealthCheck("/health")
    .WaitForCompletion(migrations).WaitFor(messaging);

var insights = builder.AddProject("insights", "../Insights.Api/Insights.Api.csproj")
    .WithReference(reader, "warehouse").WithReference(messaging)
    .WithEnvironment("ApiKeys__ingest", ingestKey).WithEnvironment("ApiKeys__read", readKey)
    .WithExternalHttpEndpoints().WithHttpHealthCheck("/health")
    .WaitForCompletion(migrations).WaitFor(messaging);

dashboard.WithReference(messaging).WithReference(insights).WithReference(ingestion).WithReference(transform)
    .WithEnvironment("ApiKeys__ingest", ingestKey).WithEnvironment("ApiKeys__read", readKey)
    // This program's own address is that of its dashboard, where the pages' links to traces lead.
    .WithEnvironment("Telemetry__DashboardUrl", builder.Configuration["ASPNETCORE_URLS"])
    .WithExternalHttpEndpoints().WithHttpHealthCheck("/health")
    .WaitFor(insights).WaitFor(ingestion);

// A synthetic panel through the ingestion service's door: with --sample at start, otherwise when somebody starts it.
var sample = builder.AddProject("sample-data", "../SampleData/SampleData.csproj").WithArgs("upload")
    .WithReference(ingestion).WithEnvironment("ApiKeys__ingest", ingestKey).WaitFor(ingestion);
if (!args.Contains("--sample"))
{
    sample.WithExplicitStart();
}

await builder.Build().RunAsync();

IResourceBuilder<ParameterResource> AddSecret(string name) =>
    builder.AddParameter(name, new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

IResourceBuilder<ConnectionStringResource> AddRole(string role, IResourceBuilder<ParameterResource> password)
{
    var host = postgres.Resource.PrimaryEndpoint.Property(EndpointProperty.Host);
    var port = postgres.Resource.PrimaryEndpoint.Property(EndpointProperty.Port);
    return builder.AddConnectionString(
        $"warehouse-{role}", ReferenceExpression.Create($"Host={host};Port={port};Username={role};Password={password};Database=warehouse"));
}
