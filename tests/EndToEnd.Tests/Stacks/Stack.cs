using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.EndToEnd.Tests.Stacks;

/// <summary>The real AppHost in this process, with everything that it starts, Aspire's dashboard included.</summary>
internal sealed class Stack : IStack, IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    private readonly DistributedApplication _application;

    private Stack(DistributedApplication application) => _application = application;

    public Uri Pages => _application.GetEndpoint("dashboard", "http");

    public Uri Ingestion => _application.GetEndpoint("ingestion", "http");

    public Uri Insights => _application.GetEndpoint("insights", "http");

    internal Uri AspireDashboard => _application.GetEndpoint("aspire-dashboard", "http");

    /// <summary>Aspire's dashboard, with the token that logs a browser in.</summary>
    internal Uri AspireLogin => new(AspireDashboard, $"/login?t={StackSettings.BrowserToken}");

    /// <summary>How Postgres and RabbitMQ run: <c>native</c> or <c>containers</c>.</summary>
    internal string Servers => Model.Resources.Any(resource => resource.HasAnnotationOfType<ContainerImageAnnotation>()) ? "containers" : "native";

    private DistributedApplicationModel Model => _application.Services.GetRequiredService<DistributedApplicationModel>();

    /// <summary>Starts the stack and waits until every resource is healthy.</summary>
    /// <param name="arguments">Further arguments of the AppHost.</param>
    internal static async Task<Stack> StartAsync(string dataDirectory, params string[] arguments)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(StartLimit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [.. StackSettings.Arguments(dataDirectory), .. arguments], (options, _) => options.DisableDashboard = false, deadline.Token);
        var stack = new Stack(await builder.BuildAsync(deadline.Token));
        try
        {
            await stack._application.StartAsync(deadline.Token);
            foreach (var resource in stack.Model.Resources.Where(IsStartedAndWatched))
            {
                await stack._application.ResourceNotifications.WaitForResourceHealthyAsync(resource.Name, WaitBehavior.StopOnResourceUnavailable, deadline.Token);
            }

            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of a resource as somebody does who clicks it in Aspire's dashboard.</summary>
    internal async Task CommandAsync(string resource, string command)
    {
        var result = await _application.ResourceCommands.ExecuteCommandAsync(resource, command, TestContext.Current.CancellationToken);
        result.Success.ShouldBeTrue($"{command} of {resource}: {result.Message}");
    }

    /// <summary>How a resource is reached by those that refer to it.</summary>
    internal async Task<string> ConnectionStringAsync(string resource) =>
        await _application.GetConnectionStringAsync(resource, TestContext.Current.CancellationToken) ?? throw new InvalidOperationException($"{resource} has no connection string.");

    /// <summary>The links that Aspire's dashboard shows beside a resource.</summary>
    internal async Task<IReadOnlyList<UrlSnapshot>> LinksOfAsync(string resource)
    {
        var shown = await _application.ResourceNotifications.WaitForResourceAsync(
            resource, change => change.Snapshot.Urls.Any(url => !url.IsInactive), TestContext.Current.CancellationToken);
        return shown.Snapshot.Urls;
    }

    /// <summary>The program that the engine started for a resource.</summary>
    internal async Task<string> ProgramOfAsync(string resource)
    {
        var shown = await _application.ResourceNotifications.WaitForResourceAsync(
            resource, change => change.Snapshot.StartTimeStamp is not null, TestContext.Current.CancellationToken);
        return (string)shown.Snapshot.Properties.Single(property => property.Name is "executable.path").Value!; // Every process has one.
    }

    /// <summary>What a resource has printed so far.</summary>
    internal async Task<string> PrintedAsync(string resource)
    {
        var instance = (await _application.ResourceNotifications.WaitForResourceAsync(
            resource, change => change.Snapshot.StartTimeStamp is not null, TestContext.Current.CancellationToken)).ResourceId;
        var printed = new StringBuilder();
        await foreach (var lines in _application.Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(instance))
        {
            printed.AppendJoin(Environment.NewLine, lines.Select(line => line.Content)).AppendLine();
        }

        return printed.ToString();
    }

    /// <summary>What a resource has printed up to the line that contains a text.</summary>
    internal async Task WaitForLineAsync(string resource, string text, TimeSpan limit)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(limit);
        var instance = (await _application.ResourceNotifications.WaitForResourceAsync(resource, change => change.Snapshot.StartTimeStamp is not null, deadline.Token)).ResourceId;
        var printed = new List<string>();
        try
        {
            await foreach (var lines in _application.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(instance).WithCancellation(deadline.Token))
            {
                printed.AddRange(lines.Select(line => line.Content));
                if (printed.Exists(line => line.Contains(text, StringComparison.Ordinal)))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
        }

        throw new TimeoutException($"{resource} did not print '{text}', but:{Environment.NewLine}{string.Join(Environment.NewLine, printed)}");
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static bool IsStartedAndWatched(IResource resource) =>
        resource.HasAnnotationOfType<HealthCheckAnnotation>() && !resource.HasAnnotationOfType<ExplicitStartupAnnotation>();
}
