using Dunnhumby.AppHost;
using Dunnhumby.Hosting.Native;

var builder = DistributedApplication.CreateBuilder(args);
builder.UseNativeServersWithoutContainerEngine();
builder.Configuration.StopWithParent();
builder.Services.AskOftenUntilHealthy();

// Everything that outlives a run is in one directory; the lake is a part of it that several services share. A deployment says where it is.
var lakeDirectory = builder.AddParameter("lake-directory", Path.Combine(builder.GetDataDirectory(), "lake"));
var lake = builder.AddConnectionString("lake", ReferenceExpression.Create($"{lakeDirectory}"));

// Given as Parameters__ingest-key and so on, or generated once and kept in the user secrets.
var ingestKey = builder.AddSecret("ingest-key");
var readKey = builder.AddSecret("read-key");
var adminKey = builder.AddSecret("admin-key");
var signingSecret = builder.AddSecret("signing-secret");
var loaderPassword = builder.AddSecret("loader-password");
var transformerPassword = builder.AddSecret("transformer-password");
var readerPassword = builder.AddSecret("reader-password");

var postgres = builder.AddPostgres("postgres").WithDataVolume("postgres-data");
var warehouse = postgres.AddDatabase("warehouse");
var messaging = builder.AddRabbitMQ("messaging").WithDataVolume("messaging-data").WithServiceUsers();

// The owner migrates; each service works with the role, and the broker's user, that may do what it does and no more.
var loader = AddRole("loader", loaderPassword);
var transformer = AddRole("transformer", transformerPassword);
var reader = AddRole("reader", readerPassword);

var migrations = builder.AddProject<Projects.Migrator>("migrations")
    .WithReference(warehouse)
    .WithEnvironment("Roles__loader", loaderPassword)
    .WithEnvironment("Roles__transformer", transformerPassword)
    .WithEnvironment("Roles__reader", readerPassword)
    .WithEnvironment("Roles__OwnServer", "true")
    .WaitFor(warehouse);

var dashboard = builder.AddProject<Projects.Dashboard_Web>("dashboard");

var ingestion = builder.AddProject<Projects.Ingestion_Service>("ingestion")
    .WithReference(loader, "warehouse").WithReference(lake).WithBrokerUser(messaging)
    .WithApiKeys(ingestKey, readKey, signingSecret)
    .WithEnvironment("Cors__Origins__0", dashboard.GetEndpoint("http"))
    .WithExternalHttpEndpoints().WithHttpHealthCheck("/health").WithApiReference()
    .WaitForCompletion(migrations);

var transform = builder.AddProject<Projects.Transform_Worker>("transform")
    .WithReference(transformer, "warehouse").WithReference(lake).WithBrokerUser(messaging)
    .WithApiKeys(ingestKey, readKey, signingSecret).WithAdminKey(adminKey)
    .WithHttpEndpoint(port: 5103).WithHttpHealthCheck("/health").WithRebuildCommand(adminKey).WithCache()
    .WaitForCompletion(migrations);

var insights = builder.AddProject<Projects.Insights_Api>("insights")
    .WithReference(reader, "warehouse").WithBrokerUser(messaging)
    // It may not read the lake: the lines behind figures are read for it.
    .WithReference(transform)
    .WithApiKeys(ingestKey, readKey, signingSecret)
    .WithExternalHttpEndpoints().WithHttpHealthCheck("/health").WithApiReference()
    .WaitForCompletion(migrations);

dashboard.WithBrokerUser(messaging).WithReference(insights).WithReference(ingestion).WithReference(transform)
    .WithApiKeys(ingestKey, readKey).WithAdminKey(adminKey)
    .WithTraceLinks().WithExternalHttpEndpoints().WithHttpHealthCheck("/health").WithUrlForEndpoint("http", url => url.DisplayText = "Pages");

// A synthetic panel through the ingestion service's door: with --sample at start, otherwise when somebody starts it.
var sample = builder.AddProject<Projects.SampleData>("sample-data").WithArgs("upload")
    .WithReference(ingestion).WithEnvironment("ApiKeys__ingest", ingestKey).WaitFor(ingestion);
_ = args.Contains("--sample") ? sample : sample.WithExplicitStart();
ingestion.WithSampleCommand(sample);

builder.PassSignIn(dashboard, ingestion, transform, insights);
builder.StartProgramsDirectly();
builder.SayWhenHealthy(dashboard, ingestion, insights, transform);
return await builder.Build().RunOrSayWhyNotAsync();

IResourceBuilder<ConnectionStringResource> AddRole(string role, IResourceBuilder<ParameterResource> password) => builder.AddConnectionString(
    $"warehouse-{role}",
    ReferenceExpression.Create($"Host={postgres.Resource.Host};Port={postgres.Resource.Port};Username={role};Password={password};Database=warehouse"))
    .WithParentRelationship(warehouse);
