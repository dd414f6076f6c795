using Dunnhumby.Hosting.Local.Projects;

namespace Dunnhumby.Hosting.Local.Tests.Engine;

public sealed class LaunchProfilesTests : IDisposable
{
    private const string Settings = """
        { // comments and trailing commas are common in these files
          "profiles": {
            "IIS": { "commandName": "IISExpress", "applicationUrl": "http://localhost:1" },
            "first": { "commandName": "Project", "applicationUrl": "https://localhost:7001;http://localhost:5001;http://localhost:5002" },
            "second": { "commandName": "Project", "commandLineArgs": "--name \"two words\" --flag", },
          } }
        """;

    private readonly TemporaryDirectory _directory = new();
    private readonly string _project;

    public LaunchProfilesTests()
    {
        _project = _directory.Write("api.csproj", "<Project />");
        _directory.Write("Properties/launchSettings.json", Settings);
    }

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(null, 3)]
    [InlineData("absent", 3)]
    [InlineData("IIS", 3)]
    [InlineData("second", 0)]
    public void Choose_PreferredOrFirstProject_HasItsEndpoints(string? preferred, int endpoints) =>
        LaunchProfiles.Endpoints(LaunchProfiles.Choose(_project, preferred)).Count().ShouldBe(endpoints);

    [Fact]
    public void Endpoints_SeveralUrls_AreNamedAfterTheirSchemes()
    {
        var endpoints = LaunchProfiles.Endpoints(LaunchProfiles.Choose(_project, null)).Select(endpoint => (endpoint.Name, endpoint.Port));

        endpoints.ShouldBe([("https", 7001), ("http", 5001), ("http2", 5002)]);
    }

    [Fact]
    public void Choose_NoLaunchSettings_IsNone() =>
        LaunchProfiles.Choose(_directory.Write("other/other.csproj", "<Project />"), null).ShouldBeNull();

    [Fact]
    public void Split_Quotes_KeepBlanksTogether() =>
        CommandLine.Split(LaunchProfiles.Require(_project, "second").CommandLineArgs ?? "").ShouldBe(["--name", "two words", "--flag"]);
}
