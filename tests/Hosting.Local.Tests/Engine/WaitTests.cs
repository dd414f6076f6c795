using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Dunnhumby.Hosting.Local.Engine;

namespace Dunnhumby.Hosting.Local.Tests.Engine;

public sealed class WaitTests
{
    [Fact]
    public async Task WaitFor_DependencyFailsAndIsStartedAgain_WaiterWaitsThenResumes()
    {
        await using var application = new TestApplication();
        var dependency = application.Builder.AddExecutable("dependency", "./program", ".");
        var waiter = Shell(application, "waiter", "sleep 1000").WaitFor(dependency);

        await application.StartAsync();
        var failed = await application.WaitAsync(dependency, status => status.State is ResourceState.FailedToStart or ResourceState.Finished);
        failed.State.ShouldBe(ResourceState.FailedToStart);
        await application.WaitAsync(waiter, status => status.State == ResourceState.Waiting);

        var program = Path.Combine(application.Directory, "program");
        await File.WriteAllTextAsync(program, "#!/bin/sh\nexec sleep 1000\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        (await application.CommandAsync(dependency, ResourceCommands.Start)).Success.ShouldBeTrue();
        await application.WaitAsync(waiter, status => status.State == ResourceState.Running);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(3, 3, true)]
    [InlineData(3, 0, false)]
    public async Task WaitForCompletion_ExitCode_DecidesWhetherTheWaiterStarts(int exitCode, int expected, bool starts)
    {
        await using var application = new TestApplication();
        var dependency = Shell(application, "dependency", $"exit {exitCode}");
        var waiter = Shell(application, "waiter", "sleep 1000").WaitForCompletion(dependency, expected);

        await application.StartAsync();
        var status = await application.WaitAsync(waiter, status => status.State is ResourceState.Running or ResourceState.FailedToStart);

        status.State.ShouldBe(starts ? ResourceState.Running : ResourceState.FailedToStart);
        var ended = await application.WaitAsync(dependency, status => status.State == ResourceState.Finished);
        ended.ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task WithExplicitStart_ApplicationStarts_OnlyTheCommandStartsIt()
    {
        await using var application = new TestApplication();
        var resource = Shell(application, "later", "sleep 1000").WithExplicitStart();
        var other = Shell(application, "other", "sleep 1000");

        await application.StartAsync();
        await application.WaitAsync(other, status => status.IsReady);
        application.Instance(resource).Status.State.ShouldBe(ResourceState.NotStarted);

        await application.CommandAsync(resource, ResourceCommands.Start);
        await application.WaitAsync(resource, status => status.IsReady);
    }

    [Fact]
    public async Task WithCommand_Executed_RunsTheModelsOwnCode()
    {
        await using var application = new TestApplication();
        var seen = string.Empty;
        var resource = Shell(application, "resource", "sleep 1000").WithCommand("greet", "Greet", context =>
        {
            seen = context.ResourceName;
            return Task.FromResult(CommandResults.Failure("no greeting"));
        });

        await application.StartAsync();
        var result = await application.CommandAsync(resource, "greet");

        (result.Success, result.ErrorMessage, seen).ShouldBe((false, "no greeting", "resource"));
    }

    [Fact]
    public void Build_WaitCycle_IsRefused()
    {
        var builder = DistributedApplication.CreateBuilder();
        var first = builder.AddExecutable("first", "sh", ".");
        first.WaitFor(builder.AddExecutable("second", "sh", ".").WaitFor(first));

        Should.Throw<DistributedApplicationException>(() => builder.Build()).Message.ShouldContain("first → second → first");
    }

    private static IResourceBuilder<ExecutableResource> Shell(TestApplication application, string name, string script) =>
        application.Builder.AddExecutable(name, "sh", ".", "-c", script);
}
