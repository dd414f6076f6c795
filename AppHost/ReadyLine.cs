using Microsoft.Extensions.DependencyInjection;

namespace Dunnhumby.AppHost;

/// <summary>Tells the reader of the console that everything is ready.</summary>
internal static class ReadyLine
{
    /// <summary>Prints one line with the addresses as soon as every resource that has a health check is healthy.</summary>
    /// <param name="addresses">The resources whose addresses are printed.</param>
    public static void SayWhenHealthy(this IDistributedApplicationBuilder builder, params IResourceBuilder<ProjectResource>[] addresses) =>
        builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((created, cancellationToken) =>
        {
            _ = SayAsync(created, addresses, created.Services.GetRequiredService<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().ApplicationStopping);
            return Task.CompletedTask;
        });

    /// <summary>Runs the application. When it refuses to start, it says why in one line instead of a stack trace.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunOrSayWhyNotAsync(this DistributedApplication application)
    {
        await using (application)
        {
            try
            {
                await application.RunAsync();
                return 0;
            }
            catch (DistributedApplicationException refused)
            {
                await Console.Error.WriteLineAsync(refused.Message);
                return 1;
            }
        }
    }

    private static async Task SayAsync(AfterResourcesCreatedEvent created, IResourceBuilder<ProjectResource>[] addresses, CancellationToken stopping)
    {
        try
        {
            var notifications = created.Services.GetRequiredService<ResourceNotificationService>();
            await Task.WhenAll(created.Model.Resources
                .Where(resource => resource.HasAnnotationOfType<HealthCheckAnnotation>() && !resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
                .Select(resource => notifications.WaitForResourceHealthyAsync(resource.Name, WaitBehavior.WaitOnResourceUnavailable, stopping)));
            Console.WriteLine($"All resources are healthy. {string.Join(", ", addresses.Select(resource => $"{resource.Resource.Name}: {resource.GetEndpoint("http").Url}"))}");
        }
        catch (OperationCanceledException)
        {
            // Stopped before it was time.
        }
    }
}
