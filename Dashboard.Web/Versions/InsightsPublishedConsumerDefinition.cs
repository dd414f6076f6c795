using Dunnhumby.ServiceDefaults.Messaging;

namespace Dunnhumby.Dashboard.Web.Versions;

/// <summary>An announcement that is not heard is made good by the poller.</summary>
internal sealed class InsightsPublishedConsumerDefinition() : ListenerDefinition<InsightsPublishedConsumer>("dashboard-published");
