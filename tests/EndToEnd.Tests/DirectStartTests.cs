using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Dunnhumby.AppHost;

namespace Dunnhumby.EndToEnd.Tests;

/// <summary>When the AppHost starts what was built, and when it leaves the start to whoever builds; no stack is started.</summary>
public sealed class DirectStartTests
{
    [Theory]
    [InlineData("--DOTNET_WATCH=", true)]
    [InlineData("--DOTNET_WATCH=0", true)]
    [InlineData("--DOTNET_WATCH=1", false)]
    [InlineData("--DOTNET_WATCH=true", false)]
    [InlineData("--DEBUG_SESSION_PORT=localhost:1234", false)]
    [InlineData("--publisher=manifest", false)]
    public void Project_IsStartedAsItsProgram_UnlessSomebodyElseBuildsIt(string setting, bool direct)
    {
        var builder = DistributedApplication.CreateBuilder([setting]);
        var ingestion = builder.AddProject<Projects.Ingestion_Service>("ingestion").Resource;

        builder.StartProgramsDirectly();

        ingestion.Annotations.OfType<ExecutableAnnotation>().Any().ShouldBe(direct);
    }
}
