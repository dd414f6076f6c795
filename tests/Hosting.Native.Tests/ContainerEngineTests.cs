using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dunnhumby.Hosting.Native.Tests;

/// <summary>The choice between containers and native servers, by programs that answer as an engine would.</summary>
public sealed class ContainerEngineTests : IDisposable
{
    private readonly Machine _machine = new();

    [Fact]
    public async Task WhyNot_WithoutEngine_SaysSo() => (await WhyNotAsync(Path.Combine(_machine.Directory, "no-such-program"))).ShouldBe("no container engine answers");

    [Fact]
    public async Task WhyNot_EngineWithoutServer_SaysSo() => (await WhyNotAsync(_machine.Script("engine", "exit 1"))).ShouldBe("no container engine answers");

    [Fact]
    public async Task WhyNot_EngineWithImages_IsNull() => (await WhyNotAsync(_machine.Script("engine", "exit 0"))).ShouldBeNull();

    [Fact]
    public async Task WhyNot_EngineThatPulls_IsNull() => (await WhyNotAsync(_machine.Script("engine", "[ $1 != image ]"))).ShouldBeNull();

    [Fact]
    public async Task WhyNot_EngineThatPrintsMuch_IsNull() => (await WhyNotAsync(_machine.Script("engine", "head -c 1000000 /dev/zero; [ $1 != image ]"))).ShouldBeNull();

    [Theory]
    [InlineData("case $1 in container) exit 0;; *) exit 1;; esac")]
    [InlineData("case $1 in container) exit 0;; pull) sleep 600;; *) exit 1;; esac")]
    public async Task WhyNot_EngineThatCannotPull_NamesTheImage(string engine)
    {
        (await WhyNotAsync(_machine.Script("engine", engine))).ShouldNotBeNull().ShouldEndWith("has no image docker.io/library/postgres:18 and could not pull it within 1 s");
        await _machine.UntilNoProcessesAsync();
    }

    [Fact]
    public async Task WhyNot_Cancelled_EndsTheEngine()
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Should.ThrowAsync<OperationCanceledException>(WhyNotAsync(_machine.Script("engine", "sleep 600"), cancelled.Token));
        await _machine.UntilNoProcessesAsync();
    }

    public void Dispose() => _machine.Dispose();

    private static Task<string?> WhyNotAsync(string engine, CancellationToken? cancellationToken = null)
    {
        var server = new ContainerResource("postgres");
        server.Annotations.Add(new ContainerImageAnnotation { Registry = "docker.io", Image = "library/postgres", Tag = "18" });
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["ASPIRE_CONTAINER_RUNTIME"] = engine, ["ImagePullTimeout"] = "00:00:01" })
            .Build();
        return new ContainerEngine(configuration, NullLogger.Instance).WhyNotAsync([server], cancellationToken ?? TestContext.Current.CancellationToken);
    }
}
