using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Dunnhumby.Hosting.Local.Tests.Engine;

public sealed class ParameterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task AddParameter_GeneratedAndPersisted_IsTheSameNextTimeAndItsOwnersOnly()
    {
        var first = await ValueAsync(Generated(Create()));
        var second = await ValueAsync(Generated(Create()));

        first.Length.ShouldBe(32);
        first.ShouldAllBe(character => char.IsAsciiLetterOrDigit(character));
        second.ShouldBe(first);
        File.GetUnixFileMode(Path.Combine(_directory.Path, "parameters.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task AddParameter_Configured_ConfigurationWins()
    {
        (await ValueAsync(Generated(Create("--Parameters:ingest-key=given")))).ShouldBe("given");
        File.Exists(Path.Combine(_directory.Path, "parameters.json")).ShouldBeFalse();
    }

    [Fact]
    public async Task AddParameter_WithoutValue_SaysHowToSetIt()
    {
        var parameter = Create().AddParameter("ingest-key", secret: true);

        (await Should.ThrowAsync<MissingParameterValueException>(() => ValueAsync(parameter))).Message.ShouldContain("Parameters__ingest-key");
    }

    private static IResourceBuilder<ParameterResource> Generated(IDistributedApplicationBuilder builder) =>
        builder.AddParameter("ingest-key", new GenerateParameterDefault { MinLength = 32, Special = false }, secret: true, persist: true);

    private static async Task<string> ValueAsync(IResourceBuilder<ParameterResource> parameter) =>
        await parameter.Resource.GetValueAsync(Cancel) ?? string.Empty;

    private IDistributedApplicationBuilder Create(params string[] args) => DistributedApplication.CreateBuilder(
        new DistributedApplicationOptions { ProjectDirectory = _directory.Path, Args = [$"--DataDirectory={_directory.Path}", .. args] });
}
