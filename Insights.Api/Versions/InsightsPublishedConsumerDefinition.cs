using Dunnhumby.ServiceDefaults.Messaging;

namespace Dunnhumby.Insights.Api.Versions;

/// <summary>A refresh that fails is made good by the next poll.</summary>
internal sealed class InsightsPublishedConsumerDefinition() : ListenerDefinition<InsightsPublishedConsumer>("insights-published");
