using MassTransit;

namespace Dunnhumby.Dashboard.Web.Versions;

internal static class VersionAnnouncements
{
    /// <summary>Every dashboard process hears every announcement: a queue of its own that goes away with it.</summary>
    internal static void AddVersionAnnouncements(this IBusRegistrationConfigurator bus) =>
        bus.AddConsumer<InsightsPublishedConsumer>().Endpoint(endpoint =>
        {
            endpoint.Name = "dashboard-published";
            endpoint.Temporary = true;
            endpoint.InstanceId = $"-{Guid.NewGuid():N}";
            endpoint.ConcurrentMessageLimit = 1;
        });
}
