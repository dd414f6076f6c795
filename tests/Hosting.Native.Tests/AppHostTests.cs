using System.Globalization;

namespace Dunnhumby.Hosting.Native.Tests;

/// <summary>An AppHost as its users run it: signals, refusals, what is left afterwards.</summary>
public sealed class AppHostTests : IDisposable
{
    private readonly Machine _machine = new();

    public AppHostTests() => Assert.SkipWhen(Machine.Lacks is not null, Machine.Lacks ?? "");

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Signal_OnceHealthy_LeavesNothingAndTheClusterShutDown(string signal)
    {
        using var host = Program.AppHost(_machine);
        await host.UntilAsync(Program.Healthy);
        var healthy = host.Age;

        Machine.Signal(host.Id, signal);
        (await host.EndAsync()).ShouldBe(signal is "KILL" ? 137 : 0, host.Output);
        var ended = host.Age;
        await _machine.UntilNoProcessesAsync();

        _machine.ClusterState().ShouldBe("shut down");
        host.Output.ShouldNotContain(Machine.Password);
        Report($"SIG{signal}: healthy after {healthy.TotalSeconds:0.0} s; the AppHost ended after {(ended - healthy).TotalSeconds:0.0} s, all gone after {(host.Age - healthy).TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task Kill_OfDotnetRun_StopsTheAppHost()
    {
        using var run = Program.DotnetRun(_machine, "Broker=false");
        await run.UntilAsync(Program.Healthy);
        var healthy = run.Age;

        Machine.Signal(run.Id, "KILL");
        await _machine.UntilNoProcessesAsync();

        _machine.ClusterState().ShouldBe("shut down");
        Report($"kill -9 of dotnet run: all gone after {(run.Age - healthy).TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task Terminate_WhileStarting_LeavesNothingAndTheNextStartWorks()
    {
        using (var first = Program.AppHost(_machine))
        {
            await Machine.UntilAsync(() => Directory.Exists(_machine.Postgres), 60, () => first.Output);
            Machine.Signal(first.Id, "TERM");
            await first.EndAsync();
            await _machine.UntilNoProcessesAsync();
        }

        using var second = Program.AppHost(_machine, "Broker=false");
        await second.UntilAsync(Program.Healthy);
    }

    [Fact]
    public async Task TwoAppHosts_OnTwoDirectories_RunSideBySide_AndAThirdOnTheSameIsRefused()
    {
        using var otherMachine = new Machine();
        using var one = Program.AppHost(_machine);
        using var other = Program.AppHost(otherMachine);
        await one.UntilAsync(Program.Healthy);
        await other.UntilAsync(Program.Healthy);

        using var third = Program.AppHost(_machine);

        (await third.EndAsync(15)).ShouldBe(1);
        third.Output.ShouldContain($"Another AppHost works on {_machine.Directory}. Stop it, or choose another directory: --DataDirectory PATH.");
        third.Output.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Start_WithUnknownServers_IsRefused()
    {
        using var host = Program.AppHost(_machine, "Servers=nonsense");

        (await host.EndAsync()).ShouldBe(1);
        host.Output.ShouldContain("Servers is 'nonsense': it must be auto, native or containers.");
        host.Output.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("containers", "native")]
    [InlineData("native", "containers")]
    public async Task Start_OnDataMadeTheOtherWay_IsRefused(string made, string asked)
    {
        await File.WriteAllTextAsync(Path.Combine(_machine.Directory, "servers"), made, TestContext.Current.CancellationToken);

        using var host = Program.AppHost(_machine, $"Servers={asked}");

        (await host.EndAsync()).ShouldBe(1);
        host.Output.ShouldContain($"The data in {_machine.Directory} was made with Servers={made}; {asked} servers would start without it.");
    }

    [Fact]
    public async Task Start_OnALakeWithoutServersData_IsRefused()
    {
        var lake = Directory.CreateDirectory(Path.Combine(_machine.Directory, "lake", "transactions")).FullName;
        await File.WriteAllTextAsync(Path.Combine(lake, "part.parquet"), "", TestContext.Current.CancellationToken);

        using var host = Program.AppHost(_machine);

        (await host.EndAsync()).ShouldBe(1);
        host.Output.ShouldContain("holds a lake, but no servers' data that this AppHost made.");
    }

    [Theory]
    [InlineData("exit 1", "docker answers, but has no image")]
    [InlineData("sleep 600", "could not pull it within 3 s")]
    public async Task Start_WithAnEngineThatHasNoImages_TakesNativeServersInTime(string pull, string reason)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_machine.Directory, "programs")).FullName;
        _machine.Script("programs/docker", $"case $1 in container) exit 0;; pull) {pull};; esac; exit 1");

        using var host = Program.AppHost(
            _machine, "Servers=auto", "Broker=false", "ImagePullTimeout=00:00:03", string.Create(CultureInfo.InvariantCulture, $"PATH={folder}:{Environment.GetEnvironmentVariable("PATH")}"));

        await host.UntilAsync("run as native: docker answers, but has no image", 30);
        await host.UntilAsync(Program.Healthy);
        host.Output.ShouldContain(reason);
        host.Output.ShouldContain("pulling it, for 3 s at most");
    }

    public void Dispose() => _machine.Dispose();

    private static void Report(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
