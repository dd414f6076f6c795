using Dunnhumby.TestSupport.Servers;
using Npgsql;

namespace Dunnhumby.Hosting.Native.Tests;

/// <summary>The servers' scripts, without an AppHost.</summary>
public sealed class ScriptTests : IDisposable
{
    private readonly Machine _machine = new();

    public ScriptTests() => Assert.SkipWhen(Machine.Lacks is not null, Machine.Lacks ?? "");

    [Theory]
    [InlineData("postgres.sh", "ready to accept connections")]
    [InlineData("rabbitmq.sh", null)]
    public async Task Start_WithAnotherPassword_SaysWhatToDo(string script, string? ready)
    {
        var data = Path.Combine(_machine.Directory, "data");
        using (var first = Program.Script(script, data, LoopbackPort.Next()))
        {
            // The password is known before the server starts: this is soon enough.
            await (ready is null ? Machine.UntilAsync(() => File.Exists(Path.Combine(data, "rabbitmq.conf")), 60, () => first.Output) : first.UntilAsync(ready));
            Machine.Signal(first.Id, "TERM");
            await first.EndAsync();
        }

        using var second = Program.Script(script, data, LoopbackPort.Next(), "another password");

        (await second.EndAsync()).ShouldBe(1);
        second.Output.ShouldContain($"The data in {data} was made with another password. Give that password as Parameters__the-password");
        second.Output.ShouldContain($"or delete {data} to start without data.");
    }

    [Fact]
    public async Task Start_AfterInterruptedInitdb_StartsAnew()
    {
        using (var first = Program.Script("postgres.sh", _machine.Postgres, LoopbackPort.Next()))
        {
            await Machine.UntilAsync(() => Directory.Exists(Path.Combine(_machine.Postgres, "data.new", "base")), 30, () => first.Output);
        }

        await _machine.UntilNoProcessesAsync();
        Directory.Exists(Path.Combine(_machine.Postgres, "data")).ShouldBeFalse("initdb was through before it was killed");
        await StartQueryStopAsync();
    }

    [Theory]
    [InlineData("postgres.sh", "password", 50)]
    [InlineData("rabbitmq.sh", "rabbitmq.conf", 0)]
    [InlineData("rabbitmq.sh", "rabbitmq.conf", 50)]
    [InlineData("rabbitmq.sh", "rabbitmq.conf", 200)]
    [InlineData("rabbitmq.sh", "rabbitmq.conf", 1_000)]
    public async Task Terminate_EarlyInTheStart_LeavesNothing(string script, string written, int milliseconds)
    {
        var data = Path.Combine(_machine.Directory, "data");
        using var server = Program.Script(script, data, LoopbackPort.Next());
        await Machine.UntilAsync(() => File.Exists(Path.Combine(data, written)), 60, () => server.Output);
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);

        Machine.Signal(server.Id, "TERM");

        await server.EndAsync(30);
        await _machine.UntilNoProcessesAsync();
    }

    [Fact]
    public async Task Terminate_DuringInitdb_EndsAndStartsAnew()
    {
        using (var first = Program.Script("postgres.sh", _machine.Postgres, LoopbackPort.Next()))
        {
            await Machine.UntilAsync(() => Directory.Exists(Path.Combine(_machine.Postgres, "data.new")), 30, () => first.Output);
            Machine.Signal(first.Id, "TERM");
            (await first.EndAsync()).ShouldNotBe(0);
        }

        await _machine.UntilNoProcessesAsync();
        await StartQueryStopAsync();
    }

    [Fact]
    public async Task Start_WithPidFileOfALivingProcess_Starts()
    {
        await StartQueryStopAsync();
        // As a crash leaves it when its process id has been given to another program since: here, to these tests.
        File.WriteAllText(Path.Combine(_machine.Postgres, "data", "postmaster.pid"), $"{Environment.ProcessId}\n{_machine.Postgres}/data\n1\n5432\n\n127.0.0.1\n");

        await StartQueryStopAsync();
    }

    [Fact]
    public async Task Start_WhileAnotherServerRunsOnTheData_IsRefused()
    {
        using var first = Program.Script("postgres.sh", _machine.Postgres, LoopbackPort.Next());
        await first.UntilAsync("ready to accept connections");
        // The script alone dies: the server goes on, and so does its lock.
        Machine.Signal(first.Id, "KILL");

        // It waits for the lock, for as long as a server may need to stop: here, a second is enough.
        _machine.Script("flock", "shift 2; exec /usr/bin/flock -w 1 \"$@\"");
        using var second = Program.Script(
            "postgres.sh", _machine.Postgres, LoopbackPort.Next(), prefix: ["/usr/bin/env", $"PATH={_machine.Directory}:{Environment.GetEnvironmentVariable("PATH")}"]);

        (await second.EndAsync()).ShouldBe(1);
        second.Output.ShouldContain($"{_machine.Postgres} is in use by another server. Stop the application");
    }

    [Fact]
    public async Task Start_BelowAFolderClosedToTheAccount_KeepsItsDataElsewhere()
    {
        File.SetUnixFileMode(_machine.Directory, (UnixFileMode)0b111_000_000);

        await StartQueryStopAsync();

        new DirectoryInfo(_machine.Postgres).LinkTarget.ShouldNotBeNull().ShouldStartWith("/var/lib/dunnhumby/");
        // The same data at the next start.
        await StartQueryStopAsync();
    }

    [Fact]
    public async Task Start_WithoutServerAndNotAsRoot_SaysWhatToInstall()
    {
        // As an account that can neither see the server's programs (the search path and the folder of versions are hidden from it) nor install them.
        var scripts = Path.Combine(_machine.Directory, "scripts");
        Directory.CreateDirectory(scripts);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "common.sh"), Path.Combine(scripts, "common.sh"));
        var script = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "postgres.sh"), TestContext.Current.CancellationToken);
        script.ShouldContain("/usr/lib/postgresql/");
        await File.WriteAllTextAsync(
            Path.Combine(scripts, "postgres.sh"), script.Replace("/usr/lib/postgresql/", "/no/such/", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        using var program = Program.Script(Path.Combine(scripts, "postgres.sh"), _machine.Postgres, LoopbackPort.Next(), prefix: ["setpriv", "--reuid=65534", "--clear-groups"]);

        (await program.EndAsync()).ShouldBe(1);
        program.Output.ShouldContain("PostgreSQL 15 or later is needed. On Debian or Ubuntu: sudo apt-get install --no-install-recommends postgresql.");
    }

    public void Dispose() => _machine.Dispose();

    private async Task StartQueryStopAsync()
    {
        var port = LoopbackPort.Next();
        using var server = Program.Script("postgres.sh", _machine.Postgres, port);
        await server.UntilAsync("ready to accept connections");
        await using (var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={port};Username=postgres;Password={Machine.Password};Pooling=false"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
        }

        Machine.Signal(server.Id, "TERM");
        (await server.EndAsync()).ShouldBe(0, server.Output);
        _machine.ClusterState().ShouldBe("shut down");
    }
}
