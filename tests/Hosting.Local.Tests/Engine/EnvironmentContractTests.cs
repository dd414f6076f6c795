using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Dashboard.Hosting;
using Dunnhumby.Hosting.Local.Engine;
using Dunnhumby.Hosting.Local.Engine.Variables;
using Microsoft.Extensions.Hosting;

namespace Dunnhumby.Hosting.Local.Tests.Engine;

/// <summary>The environment contract of run mode, line by line; the expected values are those of the contract, spelled out.</summary>
public sealed class EnvironmentContractTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly IDistributedApplicationBuilder _builder;

    public EnvironmentContractTests()
    {
        _directory.Write("api/api.csproj", "<Project />");
        _directory.Write("api/Properties/launchSettings.json", """
            { "profiles": {
                "IIS": { "commandName": "IISExpress", "applicationUrl": "http://localhost:1" },
                "http": { "commandName": "Project", "applicationUrl": "http://localhost:5999",
                          "environmentVariables": { "FROM_PROFILE": "profile", "OVERRIDDEN": "profile", "ASPNETCORE_ENVIRONMENT": "Development" } } } }
            """);
        _builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { ProjectDirectory = _directory.Path });
        _builder.Configuration["Parameters:server-password"] = "p@ss/word";
        _builder.Configuration["Parameters:messaging-password"] = "secret";
        _builder.Configuration["DataDirectory"] = _directory.Path;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task ComposeAsync_DatabaseReference_GivesConnectionStringAndParts()
    {
        var database = _builder.AddPostgres("server", port: 5433).AddDatabase("lake-db", "lake");
        var variables = await ComposeAsync(_builder.AddExecutable("reader", "sh", ".").WithReference(database));

        variables["ConnectionStrings__lake-db"].ShouldBe("Host=localhost;Port=5433;Username=postgres;Password=p@ss/word;Database=lake");
        variables["LAKE_DB_HOST"].ShouldBe("localhost");
        variables["LAKE_DB_PORT"].ShouldBe("5433");
        variables["LAKE_DB_USERNAME"].ShouldBe("postgres");
        variables["LAKE_DB_PASSWORD"].ShouldBe("p@ss/word");
        variables["LAKE_DB_URI"].ShouldBe("postgresql://postgres:p%40ss%2Fword@localhost:5433/lake");
        variables["LAKE_DB_JDBCCONNECTIONSTRING"].ShouldBe("jdbc:postgresql://localhost:5433/lake");
        variables["LAKE_DB_DATABASENAME"].ShouldBe("lake");
    }

    [Fact]
    public async Task ComposeAsync_BrokerReference_GivesConnectionStringAndParts()
    {
        var variables = await ComposeAsync(_builder.AddExecutable("reader", "sh", ".").WithReference(_builder.AddRabbitMQ("messaging", port: 5673)));

        variables["ConnectionStrings__messaging"].ShouldBe("amqp://broker:secret@localhost:5673");
        variables["MESSAGING_HOST"].ShouldBe("localhost");
        variables["MESSAGING_PORT"].ShouldBe("5673");
        variables["MESSAGING_USERNAME"].ShouldBe("broker");
        variables["MESSAGING_PASSWORD"].ShouldBe("secret");
        variables["MESSAGING_URI"].ShouldBe("amqp://broker:secret@localhost:5673");
    }

    [Fact]
    public async Task ComposeAsync_ProjectReference_GivesEachEndpoint()
    {
        var project = _builder.AddProject("insights-api", "api").WithHttpEndpoint(port: 6001, name: "admin");
        var variables = await ComposeAsync(_builder.AddExecutable("reader", "sh", ".").WithReference(project));

        variables["services__insights-api__http__0"].ShouldBe("http://localhost:5999");
        variables["INSIGHTS_API_HTTP"].ShouldBe("http://localhost:5999");
        variables["services__insights-api__admin__0"].ShouldBe("http://localhost:6001");
    }

    [Fact]
    public async Task ComposeAsync_ProjectWithTelemetry_GivesEveryFixedVariable()
    {
        _builder.Environment.EnvironmentName = Environments.Development;
        _builder.Configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317";
        _builder.Configuration["AppHost:OtlpApiKey"] = "key";
        var variables = await ComposeAsync(_builder.AddProject("api", "api"), suffix: "abcdefgh");

        variables["OTEL_EXPORTER_OTLP_ENDPOINT"].ShouldBe("http://localhost:4317");
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"].ShouldBe("grpc");
        variables["OTEL_EXPORTER_OTLP_HEADERS"].ShouldBe("x-otlp-api-key=key");
        variables["OTEL_SERVICE_NAME"].ShouldBe("api");
        variables["OTEL_RESOURCE_ATTRIBUTES"].ShouldBe("service.instance.id=abcdefgh");
        variables["ASPNETCORE_URLS"].ShouldBe("http://localhost:5999");
        variables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"].ShouldBe("true");
        variables["LOGGING__CONSOLE__FORMATTERNAME"].ShouldBe("simple");
        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"].ShouldBe("in_memory");
        variables["OTEL_BSP_SCHEDULE_DELAY"].ShouldBe("1000");
        variables["OTEL_BLRP_SCHEDULE_DELAY"].ShouldBe("1000");
        variables["OTEL_METRIC_EXPORT_INTERVAL"].ShouldBe("1000");
        variables["OTEL_TRACES_SAMPLER"].ShouldBe("always_on");
        variables["OTEL_METRICS_EXEMPLAR_FILTER"].ShouldBe("trace_based");
    }

    [Fact]
    public async Task ComposeAsync_ProjectWithoutTelemetryInProduction_ExportsNowhere()
    {
        _builder.Environment.EnvironmentName = Environments.Production;
        var variables = await ComposeAsync(_builder.AddProject("api", "api"));

        variables["OTEL_SERVICE_NAME"].ShouldBe("api");
        variables.Keys.ShouldNotContain(name => name.StartsWith("OTEL_EXPORTER_", StringComparison.Ordinal));
        variables.ShouldNotContainKey("OTEL_BSP_SCHEDULE_DELAY");
    }

    [Fact]
    public async Task ComposeAsync_LaunchProfile_AppliesUnlessSetExplicitly()
    {
        var variables = await ComposeAsync(_builder.AddProject("api", "api").WithEnvironment("OVERRIDDEN", "explicit"));

        variables["FROM_PROFILE"].ShouldBe("profile");
        variables["OVERRIDDEN"].ShouldBe("explicit");
        variables["ASPNETCORE_ENVIRONMENT"].ShouldBe("Development");
    }

    [Fact]
    public async Task ComposeAsync_Always_DoesNotInheritWhatConfiguresTheAppHost()
    {
        var variables = await ComposeAsync(_builder.AddExecutable("reader", "sh", "."));

        foreach (var name in (string[])["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"])
        {
            variables.ShouldContainKeyAndValue(name, null);
        }
    }

    [Fact]
    public async Task ComposeAsync_ValuesOfEveryKind_AreResolved()
    {
        var parameter = _builder.AddParameter("answer", "42");
        var api = _builder.AddProject("api", "api");
        var role = _builder.AddConnectionString("role", ReferenceExpression.Create($"Server={api.Resource.Name};Key={parameter}"));
        var endpoint = api.GetEndpoint("http");
        var variables = await ComposeAsync(_builder.AddExecutable("reader", "sh", ".")
            .WithEnvironment("PARAMETER", parameter)
            .WithEnvironment("ENDPOINT", endpoint)
            .WithEnvironment("INTERPOLATED", $"{endpoint}/v1")
            .WithReference(role, "warehouse")
            .WithHttpEndpoint(port: 6002, targetPort: 6003, env: "PORT"));

        variables["PARAMETER"].ShouldBe("42");
        variables["ENDPOINT"].ShouldBe("http://localhost:5999");
        variables["INTERPOLATED"].ShouldBe("http://localhost:5999/v1");
        variables["ConnectionStrings__warehouse"].ShouldBe("Server=api;Key=42");
        variables["PORT"].ShouldBe("6003");
    }

    private async Task<Dictionary<string, string?>> ComposeAsync(IResourceBuilder<IResource> resource, string suffix = "aaaaaaaa")
    {
        PortAllocator.Allocate(_builder.Model, randomize: false);
        var composer = new EnvironmentComposer(new TelemetryVariables(DashboardSettings.From(_builder.Configuration, isDisabled: true), _builder.Environment));
        return await composer.ComposeAsync(new ResourceInstance(resource.Resource, 0, suffix), Cancel);
    }
}
